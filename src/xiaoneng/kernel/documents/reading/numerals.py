"""序数: how lists are numbered: 一 二 三, a b c, i ii iii, ① ② ③, 壹 贰 叁."""

from __future__ import annotations

_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def chinese(number: int) -> str:
    """一、二 … 十一 … 九千九百九十九; beyond that Arabic."""
    return _positional(number, _DIGITS, "十百千", "零")


def formal(number: int) -> str:
    """壹、贰 … 拾壹."""
    return _positional(number, _FORMAL, "拾佰仟", "零")


def _positional(number: int, digits: str, units: str, zero: str) -> str:
    if number == 0:
        return digits[0]
    if not 0 < number < 10_000:
        return str(number)
    out, gap = "", False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit == 0:
            gap = bool(out)
            continue
        if gap:
            out += zero
            gap = False
        ten = power == 1 and digit == 1 and not out
        out += ("" if ten else digits[digit]) + (units[power - 1] if power else "")
    return out


def lower_letter(number: int) -> str:
    """a … z, then aa, bb, as Word does."""
    if not 0 < number <= 26 * 30:
        return str(number)
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def lower_roman(number: int) -> str:
    """i, ii, iii, iv …"""
    if not 0 < number < 4000:
        return str(number)
    out = ""
    for value, mark in _ROMAN:
        while number >= value:
            out += mark
            number -= value
    return out


def circled(number: int) -> str:
    """① … ⑳ … ㊿."""
    for first, last, start in ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)):
        if first <= number <= last:
            return chr(start + number - first)
    return str(number)
