"""日期推算: working days, rest-day rollover and calendar months."""

from __future__ import annotations

import calendar as months
from datetime import date

from xiaoneng.foundation.worktime.calendar import DAY, Calendar


def add_working_days(calendar: Calendar, start: date, amount: int) -> date:
    """加工作日: the `amount`-th working day after `start`, which itself is not counted (民法典 201).

    A negative amount counts back (提前3个工作日). Zero is `start` itself. Raises OverflowError past year 9999.
    """
    step = DAY if amount > 0 else -DAY
    day, left = start, abs(amount)
    while left:
        day += step
        left -= calendar.is_working(day)
    return day


def count_working_days(calendar: Calendar, start: date, end: date) -> int:
    """工作日数: working days after `start` up to and including `end`; negative when `end` is before `start`."""
    if end < start:
        return -count_working_days(calendar, end, start)
    count = 0
    day = start
    while day < end:
        day += DAY
        count += calendar.is_working(day)
    return count


def roll(calendar: Calendar, day: date) -> date:
    """顺延: a last day that is a rest day gives way to the next working day (民法典 203)."""
    while not calendar.is_working(day):
        day += DAY
    return day


def add_months(start: date, amount: int) -> date:
    """加月: the day of the same number in the target month, or that month's last day (民法典 202)."""
    year, month = divmod(start.year * 12 + start.month - 1 + amount, 12)
    if not 1 <= year <= 9999:
        raise OverflowError(f"year {year}")
    month += 1
    return date(year, month, min(start.day, months.monthrange(year, month)[1]))
