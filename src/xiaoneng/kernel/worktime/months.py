"""月历: a year as twelve grids of weeks, for the page."""

from __future__ import annotations

import calendar as months
from dataclasses import dataclass
from datetime import date

from xiaoneng.foundation.worktime import Calendar


@dataclass(frozen=True, slots=True)
class Day:
    """一天: `mark` is 休 (a weekday off), 班 (a Saturday or Sunday worked), or ""."""

    day: date
    working: bool
    mark: str
    name: str


@dataclass(frozen=True, slots=True)
class Month:
    """一月: weeks of seven places from Monday, None outside the month; how many working days."""

    first: date
    weeks: tuple[tuple[Day | None, ...], ...]
    working: int


def year_of(calendar: Calendar, year: int) -> list[Month]:
    """全年十二个月."""
    return [_month(calendar, year, number) for number in range(1, 13)]


def _month(calendar: Calendar, year: int, number: int) -> Month:
    def place(day: date) -> Day | None:
        if day.month != number:
            return None
        working = calendar.is_working(day)
        plain = day.weekday() < 5
        mark = "" if working == plain else "班" if working else "休"
        return Day(day, working, mark, calendar.name(day))

    weeks = tuple(tuple(map(place, week)) for week in months.Calendar().monthdatescalendar(year, number))
    return Month(date(year, number, 1), weeks, sum(day.working for week in weeks for day in week if day))
