"""A notice's text becomes dates; what it says of itself is checked. All texts are made up for these tests."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoneng.foundation.refusals import Unreadable
from xiaoneng.foundation.worktime import Calendar, seeded
from xiaoneng.foundation.worktime.notice import ParsedNotice, parse_notice

REAL = Path(__file__).resolve().parents[4].parent / "shared" / "data" / "plans" / "gov_cn"
EMPTY = Calendar({}, frozenset())


def days(parsed: ParsedNotice, *, off: bool) -> list[str]:
    return [special.day.isoformat()[5:] for special in parsed.days if special.off is off]


def one(text: str, year: int) -> ParsedNotice:
    return parse_notice(text, year=year)


@pytest.mark.parametrize(
    ("text", "year", "off", "worked"),
    [
        (
            "国庆节：10月1日至3日放假调休，共3天。9月28日（星期日）、10月11日（星期六）上班。",
            2014,
            ["10-01", "10-02", "10-03"],
            ["09-28", "10-11"],
        ),
        ("清明节：4月5日放假，与周末连休。", 2019, ["04-05"], []),
        ("元旦：1月1日放假1天。", 2014, ["01-01"], []),
        ("劳动节：5月1日放假，5月2日（星期一）补休。", 2016, ["05-01", "05-02"], []),
        ("中秋节：9月27日放假。", 2015, ["09-27"], []),
        (
            "一、元旦：2012年1月1日至3日放假公休，共3天。2011年12月31日（星期六）上班。",
            2012,
            ["01-01", "01-02", "01-03"],
            ["12-31"],
        ),
        ("元旦：12月30日至1月1日放假，共3天。", 2024, ["12-30", "12-31", "01-01"], []),
        ("元旦：2022年12月31日至2023年1月2日放假，共3天。", 2023, ["12-31", "01-01", "01-02"], []),
        ("元旦：12月31日（周五）至1月2日（周日）放假，共3天。", 2022, ["12-31", "01-01", "01-02"], []),
        (
            "春节：２月11日—12日放假，共２天。２月９日（星期六）、10日（星期日）上班。",
            2013,
            ["02-11", "02-12"],
            ["02-09", "02-10"],
        ),
        # 法定节假日 and 公休日调至
        (
            "端午节：5月28日至30日放假，共3天。其中，5月28日（星期四、端午当日）为法定节假日，5月30日（星期六）照常公休；"
            "5月31日（星期日）公休日调至5月29日（星期五）；5月31日（星期日）上班。",
            2009,
            ["05-28", "05-29", "05-30"],
            ["05-31"],
        ),
        (
            "“五一”：5月1日—3日放假，共3天。其中1日为法定假日，将4月25日（星期六）、26日（星期日）两个公休日"
            "分别调至5月4日（星期一）、5日（星期二），4月25日、26日上班。",
            2009,
            ["05-01", "05-02", "05-03", "05-04", "05-05"],
            ["04-25", "04-26"],
        ),
        # A rest day that is the holiday itself moves without being worked.
        (
            "清明节4月4日至6日放假，共3天。4月4日（星期六）公休日调至4月6日（星期一）。",
            2009,
            ["04-04", "04-05", "04-06"],
            [],
        ),
        # Encouragement binds nobody.
        (
            "春节：2月12日至13日放假调休，共2天。鼓励各单位安排职工在除夕（2月9日）休息。",
            2024,
            ["02-12", "02-13"],
            [],
        ),
        (
            "9月3日至5日调休放假，共3天。其中9月3日（星期四）放假，9月4日（星期五）调休，9月6日（星期日）上班。",
            2015,
            ["09-03", "09-04", "09-05"],
            ["09-06"],
        ),
    ],
)
def test_forms_of_speech(text: str, year: int, off: list[str], worked: list[str]) -> None:
    parsed = one(text, year)
    assert parsed.problems == ()
    assert (days(parsed, off=True), days(parsed, off=False)) == (off, worked)


@pytest.mark.parametrize(
    ("text", "year", "words"),
    [
        (
            "国庆节：10月1日至7日放假调休，共7天。9月28日（星期日）、10月12日（星期日）上班。",
            2019,
            "2019-09-28 是星期六",
        ),
        ("国庆节：10月1日至6日放假调休，共7天。", 2019, "共 7 天，2019-10-01 至 2019-10-06 是 6 天"),
        ("春节：2月30日放假。", 2019, "没有“2月30日”这一天"),
        ("劳动节：5月1日至4日放假调休，共4天。5月3日上班。", 2019, "2019-05-03 既放假又上班"),
        ("劳动节：5月1日放假。5月6日上班。", 2019, "2019-05-06 是星期一，本来就上班"),
        ("劳动节：5月1日举行庆祝活动。", 2019, "读不懂"),
        ("劳动节：5月1日举行庆祝活动。", 2019, "没有读到任何放假日期"),
        ("劳动节：5月4日至1日放假。", 2019, "不在“5月4日”之后"),
        ("劳动节：5月4日（星期六）公休日调至。", 2019, "没有说调至哪一天"),
        ("劳动节：2035年5月1日放假。", 2019, "离 2019 年太远"),
    ],
)
def test_what_contradicts_itself_is_a_problem(text: str, year: int, words: str) -> None:
    parsed = one(text, year)
    assert any(words in problem for problem in parsed.problems), parsed.problems
    with pytest.raises(Unreadable, match="没有通过核对"):
        parsed.require()


def whole_year() -> str:
    return (
        "市政府办公室转发国务院办公厅关于2031年部分节假日安排的通知 国办发明电[2030]第9号\n"
        "一、元旦：1月1日放假。二、春节：1月22日至28日放假，共7天。三、清明节：4月5日放假。\n"
        "四、劳动节：5月1日至2日放假。\n五、端午节：\n6月24日放假。六、中秋节、国庆节：10月1日至7日放假。\n"
        "节假日期间，请做好5月3日的值班。\n国务院办公厅\n2030年11月20日"
    )


def test_a_whole_year() -> None:
    parsed = parse_notice(whole_year()).require()
    assert parsed.full
    assert parsed.notice.year == 2031
    assert parsed.notice.title == "国务院办公厅关于2031年部分节假日安排的通知"
    assert parsed.notice.number == "国办发明电〔2030〕9号"
    assert parsed.issued_on == date(2030, 11, 20)
    assert {s.name for s in parsed.days} == {"元旦", "春节", "清明节", "劳动节", "端午节", "中秋节、国庆节"}
    assert "05-03" not in days(parsed, off=True)


def test_a_festival_left_out_is_a_problem() -> None:
    parsed = parse_notice(whole_year().replace("清明节：4月5日放假。", ""))
    assert parsed.problems == ("没有读到清明节的安排",)


def test_entering_a_year_makes_it_covered_and_replaces_an_earlier_notice() -> None:
    first = parse_notice(whole_year()).require()
    calendar = EMPTY.with_days(first.days, year=2031, full=True, version="1")
    assert calendar.covered == {2031}
    assert not calendar.is_working(date(2031, 1, 1))
    second = parse_notice(whole_year().replace("元旦：1月1日放假", "元旦：1月2日放假")).require()
    calendar = calendar.with_days(second.days, year=2031, full=True, version="2")
    assert calendar.is_working(date(2031, 1, 1))
    assert not calendar.is_working(date(2031, 1, 2))


def test_an_extension_continues_from_the_holiday_it_extends() -> None:
    base = EMPTY.with_days(parse_notice(whole_year()).days, year=2031, full=True, version="1")
    parsed = parse_notice(
        "关于延长2031年春节假期的通知\n延长2031年春节假期至1月31日，2月1日起正常上班。", base=base
    ).require()
    assert not parsed.full
    assert days(parsed, off=True) == ["01-29", "01-30", "01-31"]
    assert days(parsed, off=False) == []
    extended = base.with_days(parsed.days, year=2031, full=False, version="2")
    assert not extended.is_working(date(2031, 1, 30))
    assert not extended.is_working(date(2031, 10, 1))


def test_an_extension_of_nothing_is_a_problem() -> None:
    parsed = parse_notice("关于延长2031年春节假期的通知\n延长2031年春节假期至1月31日。", base=EMPTY)
    assert any("没有找到原来的放假安排" in problem for problem in parsed.problems)


@pytest.mark.parametrize(
    "text", ["", "今天天气很好。", "劳动节：5月1日放假。", "关于3019年部分节假日安排的通知", "长" * 20_001]
)
def test_no_notice_at_all(text: str) -> None:
    with pytest.raises(Unreadable):
        parse_notice(text)


@given(st.text(alphabet="一二元旦春节国庆：、。，（）星期六日年月至放假上班共天调公休延长0123456789\n", max_size=200))
def test_nothing_breaks_the_reader(text: str) -> None:
    parse_notice(text, year=2020, base=seeded())


@given(st.dates(date(2009, 1, 10), date(2035, 11, 1)), st.integers(1, 8), st.integers(9, 14))
def test_any_span_written_out_is_read_back(first: date, length: int, later: int) -> None:
    last, made_up = first + timedelta(length), first + timedelta(later)
    made_up += timedelta(5 - made_up.weekday())
    if made_up <= last or made_up.year != first.year or last.year != first.year:
        return
    text = (
        f"国庆节：{first.month}月{first.day}日至{last.month}月{last.day}日放假调休，共{length + 1}天。"
        f"{made_up.month}月{made_up.day}日（星期六）上班。"
    )
    parsed = parse_notice(text, year=first.year).require()
    assert [s.day for s in parsed.days if s.off] == [first + timedelta(n) for n in range(length + 1)]
    assert [s.day for s in parsed.days if not s.off] == [made_up]


@pytest.mark.skipif(not REAL.exists(), reason="真实的国务院文件不在 ../shared/data/plans/gov_cn")
def test_the_real_notice_for_2019() -> None:
    [path] = [path for path in REAL.iterdir() if "2019年部分节假日安排" in path.name]
    text = re.sub(r"<[^>]+>", "\n", re.sub(r"(?s)<(script|style).*?</\1>", "", path.read_text("utf-8")))
    parsed = parse_notice(text.replace("&nbsp;", " ")).require()
    assert (parsed.notice.number, parsed.issued_on) == ("国办发明电〔2018〕15号", date(2018, 12, 4))
    read = EMPTY.with_days(parsed.days, year=2019, full=True, version="")
    changed = {date(2019, 4, 28), date(2019, 5, 2), date(2019, 5, 3), date(2019, 5, 5)}
    for ordinal in range(date(2018, 12, 29).toordinal(), date(2019, 12, 25).toordinal()):
        day = date.fromordinal(ordinal)
        assert (read.is_working(day) == seeded().is_working(day)) is (day not in changed), day
