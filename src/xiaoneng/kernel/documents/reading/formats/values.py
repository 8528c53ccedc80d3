"""单元格的值: shown as a person sees it in the sheet: 99%, 2019年12月31日, 3."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's days have no zone
_EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001
_DATE_FORMATS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))


def number(value: float, *, percent: bool = False) -> str:
    """数: no trailing zeros, no binary noise."""
    shown = value * 100 if percent else value
    text = f"{shown:.0f}" if shown == int(shown) and abs(shown) < 1e15 else f"{shown:.12g}"
    return f"{text}%" if percent else text


def is_percent(code: str) -> bool:
    """百分比格式."""
    return "%" in _LITERAL.sub("", code)


def is_date(format_id: int, code: str) -> bool:
    """日期格式: a built-in one, or a code with year, month, day, hour or second outside literals."""
    if format_id in _DATE_FORMATS:
        return True
    return bool(re.search(r"[ymdhs年月日]", _LITERAL.sub("", code.split(";")[0]), re.I)) and "General" not in code


def serial(value: float, *, from_1904: bool = False) -> str:
    """日期序号; a number that is no date stays a number."""
    if not 0 <= value < 2_958_466:
        return number(value)
    if value < 1:
        return moment(timedelta(days=value))
    return moment((_EPOCH_1904 if from_1904 else _EPOCH) + timedelta(seconds=round(value * 86_400)))


def moment(value: datetime | date | time | timedelta) -> str:
    """日期与时刻, the way a plan writes them."""
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    if isinstance(value, time):
        return f"{value.hour}:{value.minute:02d}"
    day = f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, datetime) and (value.hour or value.minute):
        return f"{day}{value.hour}:{value.minute:02d}"
    return day
