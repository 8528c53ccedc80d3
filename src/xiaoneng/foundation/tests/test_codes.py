"""Codes: what is right is read, what is wrong is named. All numbers of persons here are made up."""

from __future__ import annotations

import contextlib
import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoneng.foundation.codes import (
    find_document_numbers,
    identity,
    parse_credit_code,
    parse_document_number,
    parse_identity,
    parse_region,
    uscc,
)
from xiaoneng.foundation.refusals import Unreadable

DATA = Path(__file__).resolve().parents[4].parent / "shared" / "data"
OBSERVED = DATA / "codes" / "uscc_observed.csv"
PLANS = DATA / "plans" / "gov_cn"

bodies = st.builds(
    lambda a, b, c, d: f"{a}{b}110105{c}{d}"[:17],
    st.sampled_from(sorted(uscc.AUTHORITIES)),
    st.sampled_from(uscc.ALPHABET),
    st.text(uscc.ALPHABET, min_size=8, max_size=8),
    st.sampled_from(uscc.ALPHABET),
)


@given(bodies)
def test_a_credit_code_with_its_check_character_is_read(body: str) -> None:
    code = body + uscc.check_character(body)
    assert parse_credit_code(code.lower()).code == code
    total = sum(uscc.ALPHABET.index(c) * w for c, w in zip(code, (*uscc.WEIGHTS, 1), strict=True))
    assert total % 31 == 0


@given(bodies, st.integers(8, 16), st.sampled_from(uscc.ALPHABET))
def test_any_one_character_changed_is_noticed(body: str, position: int, other: str) -> None:
    code = body + uscc.check_character(body)
    if code[position] == other:
        return
    with pytest.raises(Unreadable, match="校验码"):
        parse_credit_code(code[:position] + other + code[position + 1 :])


def test_the_sum_that_is_zero_has_the_check_character_zero() -> None:
    bodies_of_zero = (f"9111000000000{n:04d}" for n in range(10_000))
    body = next(b for b in bodies_of_zero if uscc.check_character(b) == "0")
    assert parse_credit_code(body + "0").authority == "市场监督管理"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "为空"),
        ("91110000", "应为 18 位，实为 8 位"),
        ("9111000O00000000XX", "第 8 位“O”不是允许的字符，是否应为“0”"),
        ("9111000#00000000XX", "第 8 位“#”不是允许的字符"),
        ("T11100000000000000", "第 1 位“T”不是登记管理部门代码"),
        ("91990000000000000X", "第 3、4 位“99”不是省级"),
        ("911A00000000000000", "第 4 位“A”应为数字"),
        ("9" * 65, "过长"),
    ],
)
def test_what_is_wrong_with_a_credit_code(text: str, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        parse_credit_code(text)


@pytest.mark.skipif(not OBSERVED.exists(), reason="实际代码不在 ../shared/data/codes")
def test_observed_credit_codes() -> None:
    with OBSERVED.open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    refused = {}
    for row in rows:
        try:
            assert parse_credit_code(row["uscc"]).code == row["uscc"]
        except Unreadable as refusal:
            refused[row["uscc"]] = refusal.reason
    assert set(refused) == {row["uscc"] for row in rows if row["check_digit_valid"] == "False"}
    assert all("校验码" in reason for reason in refused.values())


births = st.dates(date(1900, 1, 1), date(2025, 12, 31))


@given(births, st.integers(0, 999))
def test_an_identity_number_with_its_check_character_is_read(born: date, sequence: int) -> None:
    body = f"110105{born:%Y%m%d}{sequence:03d}"
    found = parse_identity(body + identity.check_character(body).lower())
    assert (found.born, found.sex, found.region) == (born, "男" if sequence % 2 else "女", "110105")
    assert born.strftime("%m%d") not in str(found)[6:14]


@given(births, st.integers(0, 999), st.integers(0, 16), st.integers(1, 9))
def test_any_one_digit_of_an_identity_number_changed_is_noticed(
    born: date, sequence: int, position: int, by: int
) -> None:
    body = f"110105{born:%Y%m%d}{sequence:03d}"
    number = body + identity.check_character(body)
    changed = str((int(number[position]) + by) % 10)
    with pytest.raises(Unreadable):
        parse_identity(number[:position] + changed + number[position + 1 :])


def test_fifteen_digits_are_read_as_of_the_last_century() -> None:
    found = parse_identity("110105490131002")
    assert (found.born, found.former, found.sex) == (date(1949, 1, 31), True, "女")
    assert parse_identity(found.number).born == found.born


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("11010519491231", "应为 18 位（旧号 15 位），实为 14 位"),
        ("11010519490231002X", "第 7 至 14 位“19490231”不是一个日期"),
        ("110105490231002", "第 7 至 12 位“490231”不是一个日期"),
        ("99010519491231002X", "前两位“99”不是省级代码"),
        ("11010519491231002A", "第 18 位“A”（校验码）应为“X”"),
        ("1101051949123I002X", "第 14 位“I”不是数字"),
        ("110105000012310020", "不是一个日期"),
        ("110105102012310020", "过早"),
    ],
)
def test_what_is_wrong_with_an_identity_number(text: str, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        parse_identity(text)


def test_nobody_is_born_tomorrow() -> None:
    body = "11010520200102001"
    number = body + identity.check_character(body)
    assert parse_identity(number, on=date(2020, 1, 2)).born == date(2020, 1, 2)
    with pytest.raises(Unreadable, match="晚于 2020-01-01"):
        parse_identity(number, on=date(2020, 1, 1))


@pytest.mark.parametrize(
    ("code", "level", "province", "parents"),
    [
        ("320000", "省级", "江苏省", ()),
        ("321100", "地级", "江苏省", ("320000",)),
        ("321102", "县级", "江苏省", ("320000", "321100")),
        ("429004", "县级", "湖北省", ("420000", "429000")),
    ],
)
def test_regions(code: str, level: str, province: str, parents: tuple[str, ...]) -> None:
    region = parse_region(code)
    assert (region.level, region.province, region.parents) == (level, province, parents)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("3211", "应为 6 位数字，实为 4 位"),
        ("990000", "前两位“99”不是省级代码"),
        ("320011", "第 3、4 位为“00”时"),
        ("32110x", "第 6 位“X”不是数字"),
    ],
)
def test_what_is_wrong_with_a_region(text: str, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        parse_region(text)


@pytest.mark.parametrize(
    ("text", "canonical", "deviations"),
    [
        ("镇政办发〔2016〕3号", "镇政办发〔2016〕3号", 0),
        ("镇政办发[2016]3号", "镇政办发〔2016〕3号", 1),
        ("镇政办发［２０１６］３号", "镇政办发〔2016〕3号", 1),
        ("镇政办发（2016）第03号", "镇政办发〔2016〕3号", 3),
        (" 镇政办发 〔2016年〕 3 号 ", "镇政办发〔2016〕3号", 1),
        ("国办发明电〔2018〕15号", "国办发明电〔2018〕15号", 0),
        ("国令第707号", "国令第707号", 0),
    ],
)
def test_document_numbers(text: str, canonical: str, deviations: int) -> None:
    number = parse_document_number(text)
    assert str(number) == canonical
    assert len(number.deviations) == deviations
    assert str(parse_document_number(canonical)) == canonical


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "内容为空"),
        ("〔2016〕3号", "第 1 位“〔”不是发文机关代字"),
        ("镇政办发2016第3号", "没有括起来的年份"),
        ("镇政办发〔〕3号", "括号中没有年份"),
        ("镇政办发〔16〕3号", "年份应标全称，实为“16”"),
        ("镇政办发〔1016〕3号", "年份应在 1949 至 2199 之间"),
        ("镇政办发〔2016〕0号", "顺序号不能为 0"),
        ("镇政办发〔2016〕3", "年份后面应为顺序号和“号”字"),
        ("字" * 100, "过长"),
    ],
)
def test_what_is_wrong_with_a_document_number(text: str, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        parse_document_number(text)


def test_document_numbers_are_found_in_text() -> None:
    text = "根据镇政发〔2015〕8号和（国令第707号）的要求，参照镇政办发[2016]3号办理。"
    found = list(find_document_numbers(text))
    assert [str(number) for _, number in found] == ["镇政发〔2015〕8号", "国令第707号", "镇政办发〔2016〕3号"]
    assert all(text[place:].startswith(number.issuer) for place, number in found)


@given(st.text(max_size=70))
def test_no_text_breaks_a_reader(text: str) -> None:
    for read in (parse_credit_code, parse_identity, parse_region, parse_document_number):
        with contextlib.suppress(Unreadable):
            read(text)


@pytest.mark.skipif(not PLANS.exists(), reason="真实的国务院文件不在 ../shared/data/plans/gov_cn")
def test_document_numbers_of_real_documents() -> None:
    for path in sorted(PLANS.glob("*.html")):
        name = path.name.partition("_")[0]
        assert str(parse_document_number(name)) == name
        assert parse_document_number(name).deviations == ()
