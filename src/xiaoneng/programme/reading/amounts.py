"""数量: an amount as official texts write it, with its unit: 99%, 百分之九十五, 三分之二, 一半, 两次, 十余场, 3—5个."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from .numbering import han_number

_HAN = "零〇一二两三四五六七八九十百千"
_DIGITS = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
_SCALE = {"千": 1_000, "万": 10_000, "亿": 100_000_000}

# Longest first; a classifier may stand before a noun that is the real unit (个工作日, 个位次).
_UNITS = (
    "个百分点|百分点|%|‰|个工作日|工作日|个自然日|个小时|小时|分钟|个月|个位次|位次|个等次|个名次|名次|个季度|"
    "亿元|元|人次|平方米|平方公里|立方米|公里|千米|公顷|亩|吨|千瓦时|千瓦|学时|课时|"
    "次|场|期|件|家|户|个|项|名|人|篇|条|份|批|类|天|日|周|年|岁|分|倍|成|套|台|辆|座|处|张|所|位|种|宗|起|例|部|册"
)
_NUMBER = rf"(?:\d{{1,15}}(?:,\d{{3}}){{0,4}}(?:\.\d{{1,6}})?|[{_HAN}]{{1,9}})"
AMOUNT = re.compile(
    rf"百分之(?P<percent>[{_HAN}]{{1,5}}(?:点[零一二三四五六七八九]{{1,3}})?)"
    rf"|(?P<below>[{_HAN}]{{1,5}})分之(?P<above>[{_HAN}]{{1,5}})"
    r"|(?P<half>一半|半数)"
    rf"|(?P<low>{_NUMBER})\s*%?\s*(?:[—–~～－-]{{1,2}}|至|到)\s*(?P<high>{_NUMBER})\s*(?P<rangeunit>{_UNITS})"
    rf"|(?P<number>{_NUMBER})(?P<scale>[万亿千]?)(?P<more>[余多]?)\s*(?P<unit>{_UNITS})"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """数量: `low` to `high` (equal where the text gives one number); `more` where it says 余 or 多."""

    low: Decimal
    high: Decimal
    unit: str
    more: bool
    start: int
    end: int


def _decimal(text: str) -> Decimal:
    if text[0] in "0123456789":
        return Decimal(text.replace(",", ""))
    whole, _, fraction = text.partition("点")
    value = Decimal(_han(whole))
    return value + Decimal("0." + "".join(str(_han(c)) for c in fraction)) if fraction else value


def _han(text: str) -> int:
    text = text.replace("两", "二")
    if "千" not in text:
        return han_number(text.lstrip("零"))
    thousands, _, rest = text.partition("千")
    return han_number(thousands or "一") * 1000 + (_han(rest.lstrip("零")) if rest.lstrip("零") else 0)


def amounts(text: str) -> list[Amount]:
    """找数量: every amount with a unit, in order; the text's full-width digits count as digits."""
    found = []
    for match in AMOUNT.finditer(text.translate(_DIGITS)):
        low, high, unit, more = _value(match)
        found.append(Amount(low, high, unit, more, match.start(), match.end()))
    return found


def _value(match: re.Match[str]) -> tuple[Decimal, Decimal, str, bool]:
    if match["percent"]:
        value, unit = _decimal(match["percent"]), "%"
    elif match["above"]:
        below = _decimal(match["below"])
        unit = "‰" if match["below"] == "千" else "%"
        exact = _decimal(match["above"]) * (1000 if unit == "‰" else 100) / below if below else Decimal(0)
        value = exact.to_integral_value() if exact == exact.to_integral_value() else round(exact, 2)
    elif match["half"]:
        value, unit = Decimal(50), "%"
    elif match["low"]:
        return _decimal(match["low"]), _decimal(match["high"]), match["rangeunit"], False
    else:
        value, unit, scale = _decimal(match["number"]), match["unit"], match["scale"]
        if scale and unit == "元":
            unit = scale + unit
        elif scale:
            value *= _SCALE[scale]
        return value, value, unit, bool(match["more"])
    return value, value, unit, False
