"""公民身份号码 (GB 11643-1999): 18 characters; the 15-digit form of before is read, not issued any more.

A refusal names a position and what is wrong there, never the whole number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from xiaoneng.foundation.codes.regions import PROVINCES
from xiaoneng.foundation.codes.text import at, compact
from xiaoneng.foundation.refusals import Unreadable

NAME = "公民身份号码"
BASIS = "GB 11643-1999"
WEIGHTS = tuple(pow(2, 17 - i, 11) for i in range(17))
CHECKS = "10X98765432"
EARLIEST = 1850


@dataclass(frozen=True, slots=True)
class IdentityNumber:
    """公民身份号码: `number` has 18 characters, also when 15 were read (`former`)."""

    number: str
    region: str
    born: date
    sex: Literal["男", "女"]
    former: bool = False

    def __str__(self) -> str:
        return f"{self.number[:6]}{'*' * 8}{self.number[-4:]}"


def check_character(body: str) -> str:
    """校验码 of the first 17 digits (ISO 7064, MOD 11-2)."""
    return CHECKS[sum(int(c) * w for c, w in zip(body, WEIGHTS, strict=True)) % 11]


def parse_identity(text: str, *, on: date | None = None) -> IdentityNumber:
    """读公民身份号码. `on` is the day on which the person must have been born already. Raises `Unreadable`."""
    number = compact(text, name=NAME)
    if len(number) not in (15, 18):
        raise _fault(f"应为 18 位（旧号 15 位），实为 {len(number)} 位")
    body = number[:-1] if len(number) == 18 else number
    faults = [f"{at(i, c)}不是数字" for i, c in enumerate(body, 1) if c not in "0123456789"]
    if faults:
        raise _fault("；".join(faults))
    former = len(number) == 15
    if former:
        body = f"{number[:6]}19{number[6:]}"
    if body[:2] not in PROVINCES:
        faults.append(f"前两位“{body[:2]}”不是省级代码")
    born = _born(number, body[6:14], former, on, faults)
    expected = check_character(body)
    if not former and number[17] != expected:
        faults.append(f"{at(18, number[17])}（校验码）应为“{expected}”")
    if faults or born is None:
        raise _fault("；".join(faults))
    return IdentityNumber(body + expected, body[:6], born, "男" if int(body[16]) % 2 else "女", former)


def _born(number: str, digits: str, former: bool, on: date | None, faults: list[str]) -> date | None:
    place = "第 7 至 12 位" if former else "第 7 至 14 位"
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        faults.append(f"{place}“{number[6:12] if former else digits}”不是一个日期")
        return None
    if born.year < EARLIEST:
        faults.append(f"{place}的出生年份 {born.year} 过早")
    if on is not None and born > on:
        faults.append(f"{place}的出生日期 {born.isoformat()} 晚于 {on.isoformat()}")
    return born


def _fault(reason: str) -> Unreadable:
    return Unreadable(f"{NAME}有误：{reason}。", basis=BASIS)
