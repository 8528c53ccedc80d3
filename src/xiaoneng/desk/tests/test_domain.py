"""Lights: a truth table, and what holds for every task."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoneng.desk.domain import Day, by_month, expected, light

OPENED, DUE = date(2026, 1, 1), date(2026, 4, 11)  # a hundred days
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@pytest.mark.parametrize(
    ("today", "progress", "shown"),
    [
        (date(2026, 1, 1), 0, None),
        (date(2026, 1, 10), 0, None),
        (date(2026, 1, 11), 0, ("yellow", "滞后", "10 个百分点")),
        (date(2026, 1, 11), 1, None),
        (date(2026, 3, 27), 76, None),
        (date(2026, 3, 28), 77, ("blue", "临期", "还剩 14 天")),
        (date(2026, 4, 11), 95, ("blue", "临期", "今天到期")),
        (date(2026, 4, 11), 90, ("yellow", "滞后", "10 个百分点")),
        (date(2026, 4, 12), 99, ("red", "逾期", "1 天")),
        (date(2026, 5, 11), 0, ("red", "逾期", "30 天")),
    ],
)
def test_lights(today: date, progress: int, shown: tuple[str, str, str] | None) -> None:
    lamp = light(deadline=DUE, opened_on=OPENED, progress=progress, today=today)
    assert (lamp and (lamp.colour, lamp.word, lamp.detail)) == shown


def test_without_a_deadline_nothing_presses() -> None:
    assert light(deadline=None, opened_on=OPENED, progress=0, today=DUE) is None


@given(deadline=days, opened=days, today=days, progress=st.integers(0, 100))
def test_red_exactly_when_overdue(deadline: date, opened: date, today: date, progress: int) -> None:
    lamp = light(deadline=deadline, opened_on=opened, progress=progress, today=today)
    assert (lamp is not None and lamp.colour == "red") == (deadline < today)


@given(opened=days, deadline=days, today=days)
def test_expected_progress_is_a_share_that_never_falls(opened: date, deadline: date, today: date) -> None:
    now, tomorrow = expected(opened, deadline, today), expected(opened, deadline, today + timedelta(days=1))
    assert 0 <= now <= tomorrow <= 100


@given(st.lists(days))
def test_no_day_is_lost_between_months(given_days: list[date]) -> None:
    months = by_month(Day(day) for day in given_days)
    assert len(months) == 12
    assert sorted(day.on for month in months for day in month) == sorted(given_days)
    assert all(day.on.month == number for number, month in enumerate(months, start=1) for day in month)
