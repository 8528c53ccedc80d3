from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoneng.programme.reading.deadlines import choose, find_when, parse_date

ISSUED = "2021-03-15"


@pytest.mark.parametrize(
    ("text", "iso", "wording"),
    [
        ("2021年底前完成改造", "2021-12-31", "2021年底前"),
        ("于2021年12月31日前报送", "2021-12-31", "2021年12月31日前"),
        ("2022年2月底前，市教育局印发", "2022-02-28", "2022年2月底前"),
        ("6月底前完成摸底", "2021-06-30", "6月底前"),
        ("2月底前完成摸底", "2022-02-28", "2月底前"),
        ("十月底前完成", "2021-10-31", "十月底前"),
        ("到2025年，建成网点一百个", "2025-12-31", "到2025年"),
        ("到2023年底，实现全覆盖", "2023-12-31", "到2023年底"),
        ("2021年上半年，印发方案", "2021-06-30", "2021年上半年"),
        ("今年三季度末完成验收", "2021-09-30", "今年三季度末"),
        ("年底前完成", "2021-12-31", "年底前"),
        ("年内完成立项", "2021-12-31", "年内"),
        ("二〇二二年底前完成", "2022-12-31", "二〇二二年底前"),
        ("2021年10月上旬前报送", "2021-10-10", "2021年10月上旬前"),
        ("2021年6月底前试点，2022年底前推开", "2022-12-31", "2021年6月底前；2022年底前"),
        ("2021年9月底前完成，此后每年1月底前报送", "2021-09-30", "2021年9月底前；每年1月底前"),
        ("每年2月底前报送名单", "", "每年2月底前"),
        ("自印发之日起30日内报备", "", "自印发之日起30日内"),
    ],
)
def test_truth_table(text: str, iso: str, wording: str) -> None:
    assert choose(find_when(text, ISSUED)) == (iso, wording)


@pytest.mark.parametrize(
    "text",
    [
        "自2022年1月1日起施行",
        "落实2021年中央一号文件",
        "2021年度考核",
        "《纲要（2021—2025年）》",
        "2020年实施的12项措施",
        "2021年11月19日至12月10日受理",
        "用三年时间",
        "三年内轮训一遍",
        "5个工作日内办结",
        "2019年12月31日前已完成的项目",
        "2018年底前建成",
        "2020年10月至2021年10月底的项目",
    ],
)
def test_times_that_are_no_deadlines(text: str) -> None:
    assert choose(find_when(text, ISSUED))[0] == ""


@pytest.mark.parametrize(
    ("cell", "iso"),
    [
        ("2021年6月", "2021-06-30"),
        ("12月", "2021-12-31"),
        ("三季度", "2021-09-30"),
        ("2021年", "2021-12-31"),
        ("全年", ""),
    ],
)
def test_a_deadline_column_needs_no_word_before(cell: str, iso: str) -> None:
    assert choose(find_when(cell, ISSUED, column=True))[0] == iso


@given(st.dates(date(2021, 4, 1), date(2060, 12, 31)), st.sampled_from(["{0.year}年{0.month}月{0.day}日前完成"]))
def test_a_written_day_is_that_day(day: date, form: str) -> None:
    assert choose(find_when(form.format(day), ISSUED))[0] == day.isoformat()


@given(st.dates(date(1990, 1, 1), date(2060, 12, 31)))
def test_dates_read_back(day: date) -> None:
    assert parse_date(f"{day.year}年{day.month}月{day.day}日") == day.isoformat()


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("二〇〇四年一月十六日", "2004-01-16"),
        ("一九九七年十二月三十一日", "1997-12-31"),
        ("2021年2月30日", ""),
        ("昨天", ""),
    ],
)
def test_dates_in_characters_and_dates_that_are_none(text: str, iso: str) -> None:
    assert parse_date(text) == iso


@given(st.text(alphabet="0123456789年月日底前末到至每自起，。；一二十〇上中下旬半季度内", max_size=60))
def test_any_text_is_no_error(text: str) -> None:
    for when in find_when(text, ISSUED):
        assert when.iso == "" or date.fromisoformat(when.iso)
