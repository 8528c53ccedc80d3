"""文号 (GB/T 9704-2012 7.2.5): 机关代字, 年份, 顺序号 as in "镇政办发〔2016〕3号"; a decree's "国令第707号"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from xiaoneng.foundation.codes.text import LONGEST, narrow
from xiaoneng.foundation.refusals import Unreadable

NAME = "文号"
BASIS = "GB/T 9704-2012 7.2.5"
YEARS = range(1949, 2200)
_OPEN, _CLOSE = r"〔\[(【﹝〖{", r"〕\])】﹞〗}"
_ISSUER = r"[㐀-鿿]{1,20}"
_NUMBERED = re.compile(
    rf"(?P<issuer>{_ISSUER})\s*(?P<open>[{_OPEN}])\s*(?P<year>\d{{1,6}})\s*年?\s*(?P<close>[{_CLOSE}])"
    r"\s*(?P<ordinal>第?)\s*(?P<serial>\d{1,6})\s*号"
)
# Words that may stand before a number in a sentence, unseparated.
_LEADING = re.compile(r".*(?:根据|按照|依据|参照|依照|遵照|落实|贯彻|执行|结合|详见|转发|印发)(?=.)")
_DECREE = re.compile(rf"(?P<issuer>{_ISSUER}令)\s*第\s*(?P<serial>\d{{1,6}})\s*号")


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """文号: `issuer` is the 机关代字; `year` is None for a decree; `deviations` are Chinese sentences on how the
    text read departs from the standard form, which `str()` gives.
    """

    issuer: str
    year: int | None
    serial: int
    deviations: tuple[str, ...] = ()

    def __str__(self) -> str:
        return (
            f"{self.issuer}第{self.serial}号" if self.year is None else f"{self.issuer}〔{self.year}〕{self.serial}号"
        )


def parse_document_number(text: str) -> DocumentNumber:
    """读文号. Raises `Unreadable` saying which part is missing or wrong."""
    if len(text) > LONGEST:
        raise Unreadable(f"{NAME}过长（{len(text)} 个字符）。")
    plain = narrow(text).strip()
    match = _NUMBERED.fullmatch(plain) or _DECREE.fullmatch(plain)
    if match is None:
        raise Unreadable(f"{NAME}“{plain}”有误：{_missing(plain)}。", basis=BASIS, remedy="例如 镇政办发〔2016〕3号。")
    return _made(match)


def find_document_numbers(text: str) -> Iterator[tuple[int, DocumentNumber]]:
    """找文号: position in the text and number, for each one that can be read."""
    plain = narrow(text)
    for match in sorted([*_NUMBERED.finditer(plain), *_DECREE.finditer(plain)], key=lambda m: m.start()):
        try:
            found = _made(match)
        except Unreadable:
            continue
        said = _LEADING.match(found.issuer)
        offset = said.end() if said else 0
        yield match.start() + offset, replace(found, issuer=found.issuer[offset:])


def _made(match: re.Match[str]) -> DocumentNumber:
    parts = match.groupdict()
    serial, deviations = int(parts["serial"]), []
    if serial == 0:
        raise Unreadable(f"{NAME}“{match[0]}”有误：顺序号不能为 0。", basis=BASIS)
    if parts["serial"].startswith("0"):
        deviations.append(f"顺序号不编虚位，“{parts['serial']}”应为“{serial}”")
    if "year" not in parts:
        return DocumentNumber(parts["issuer"], None, serial, tuple(deviations))
    year = parts["year"]
    if len(year) != 4 or int(year) not in YEARS:
        reason = "年份应标全称" if len(year) < 4 else f"年份应在 {YEARS[0]} 至 {YEARS[-1]} 之间"
        raise Unreadable(f"{NAME}“{match[0]}”有误：{reason}，实为“{year}”。", basis=BASIS)
    if parts["open"] + parts["close"] != "〔〕":
        deviations.insert(0, f"年份应用六角括号〔〕，不用{parts['open']}{parts['close']}")
    if "年" in match[0][match.end("year") - match.start() : match.start("close") - match.start()]:
        deviations.append("年份后不加“年”字")
    if parts["ordinal"]:
        deviations.append("顺序号前不加“第”字")
    return DocumentNumber(parts["issuer"], int(year), serial, tuple(deviations))


def _missing(plain: str) -> str:
    if not plain:
        return "内容为空"
    if not re.match(_ISSUER, plain):
        return f"第 1 位“{plain[0]}”不是发文机关代字"
    if not re.search(rf"[{_OPEN}]", plain):
        return "没有括起来的年份"
    if not re.search(rf"[{_OPEN}]\s*\d+\s*年?\s*[{_CLOSE}]", plain):
        return "括号中没有年份"
    if not re.search(r"\d\s*号$", plain):
        return "年份后面应为顺序号和“号”字"
    return "不是“机关代字〔年份〕顺序号”的写法"
