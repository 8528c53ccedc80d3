"""Laws of the arithmetic, and that the array versions equal the plain ones."""

# ruff: noqa: DTZ001 - wall-clock moments are the subject here
from __future__ import annotations

from datetime import date, datetime, time, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoneng.foundation.refusals import Unreadable
from xiaoneng.foundation.worktime import (
    STANDARD,
    Calendar,
    OfficeHours,
    Pause,
    Unit,
    add_months,
    add_working_days,
    add_working_time,
    count_working_days,
    deadline,
    roll,
    seeded,
    vector,
    working_time,
)

days = st.dates(date(2005, 1, 1), date(2029, 12, 31))
moments = st.datetimes(datetime(2005, 1, 1), datetime(2028, 12, 31)).map(lambda m: m.replace(second=0, microsecond=0))
amounts = st.integers(1, 300)
CALENDAR: Calendar = seeded()
LONG = OfficeHours(((time(0, 0), time(7, 15)), (time(9, 0), time(23, 59))))


def array(values: list[date], unit: str = "D") -> np.ndarray[tuple[int], np.dtype[np.datetime64]]:
    return np.array(values, dtype=f"datetime64[{unit}]")


@given(days, amounts)
def test_adding_then_counting_gives_the_amount(start: date, amount: int) -> None:
    due = add_working_days(CALENDAR, start, amount)
    assert CALENDAR.is_working(due)
    assert count_working_days(CALENDAR, start, due) == amount
    assert count_working_days(CALENDAR, due, start) == -amount


@given(days, amounts, amounts)
def test_amounts_add_up(start: date, one: int, two: int) -> None:
    assert add_working_days(CALENDAR, add_working_days(CALENDAR, start, one), two) == add_working_days(
        CALENDAR, start, one + two
    )


@given(days, amounts)
def test_back_undoes_forth(start: date, amount: int) -> None:
    day = roll(CALENDAR, start)
    assert add_working_days(CALENDAR, add_working_days(CALENDAR, day, amount), -amount) == day


@given(days, amounts)
def test_a_later_start_is_never_due_earlier(start: date, amount: int) -> None:
    for unit in (Unit.WORKING_DAYS, Unit.DAYS, Unit.MONTHS):
        assert deadline(CALENDAR, start, amount, unit).due <= deadline(CALENDAR, start + timedelta(1), amount, unit).due


@given(days, amounts)
def test_the_working_accounts_for_every_day(start: date, amount: int) -> None:
    found = deadline(CALENDAR, start, amount, Unit.WORKING_DAYS)
    assert (found.due_on - start).days == amount + len(found.skipped)
    assert all(not CALENDAR.is_working(mark.day) for mark in found.skipped)
    assert all(mark.day.weekday() > 4 for mark in found.made_up)
    assert found.due == add_working_days(CALENDAR, start, amount)


@given(days, amounts, st.integers(-10, 60), st.integers(0, 60))
def test_a_pause_in_working_days_adds_what_it_holds(start: date, amount: int, offset: int, length: int) -> None:
    since = start + timedelta(offset)
    until = since + timedelta(length)
    plain = add_working_days(CALENDAR, start, amount)
    held = count_working_days(CALENDAR, max(since, start), max(until, start)) if max(since, start) < plain else 0
    paused = deadline(CALENDAR, start, amount, Unit.WORKING_DAYS, pauses=[Pause(since, until)]).due
    assert paused == add_working_days(CALENDAR, start, amount + held)


@given(moments, st.integers(1, 20_000), st.sampled_from([STANDARD, LONG]))
def test_working_time_added_is_working_time_counted(start: datetime, minutes: int, hours: OfficeHours) -> None:
    length = timedelta(minutes=minutes)
    due = add_working_time(CALENDAR, start, length, hours)
    assert working_time(CALENDAR, start, due, hours) == length
    assert CALENDAR.is_working(due.date())


@given(st.lists(days, min_size=1, max_size=40), st.integers(-300, 300))
def test_arrays_add_working_days(starts: list[date], amount: int) -> None:
    expected = array([add_working_days(CALENDAR, day, amount) for day in starts])
    assert (vector.add_working_days(CALENDAR, array(starts), amount) == expected).all()
    each = np.full(len(starts), amount)
    assert (vector.add_working_days(CALENDAR, array(starts), each) == expected).all()


@given(st.lists(st.tuples(days, days), min_size=1, max_size=40))
def test_arrays_count(pairs: list[tuple[date, date]]) -> None:
    starts, ends = array([a for a, _ in pairs]), array([b for _, b in pairs])
    expected = [count_working_days(CALENDAR, a, b) for a, b in pairs]
    assert vector.count_working_days(CALENDAR, starts, ends).tolist() == expected
    assert vector.is_working(CALENDAR, starts).tolist() == [CALENDAR.is_working(a) for a, _ in pairs]


@given(st.lists(days, min_size=1, max_size=40), st.integers(1, 400))
def test_arrays_add_days_months_and_roll(starts: list[date], amount: int) -> None:
    by_days = [deadline(CALENDAR, day, amount, Unit.DAYS) for day in starts]
    assert vector.add_days(CALENDAR, array(starts), amount).tolist() == [found.due for found in by_days]
    by_months = [deadline(CALENDAR, day, amount, Unit.MONTHS) for day in starts]
    assert vector.add_months(CALENDAR, array(starts), amount).tolist() == [found.due for found in by_months]
    flags = vector.is_provisional(CALENDAR, array(starts), array([found.due_on for found in by_days]))
    assert flags.tolist() == [bool(found.provisional) for found in by_days]


@given(st.lists(st.tuples(days, st.integers(1, 60), st.integers(-5, 40), st.integers(0, 40)), min_size=1, max_size=20))
def test_arrays_with_pauses(rows: list[tuple[date, int, int, int]]) -> None:
    pauses = [Pause(s + timedelta(o), s + timedelta(o + n)) for s, _, o, n in rows]
    expected = [
        deadline(CALENDAR, s, a, Unit.WORKING_DAYS, pauses=[p]).due
        for (s, a, _, _), p in zip(rows, pauses, strict=True)
    ]
    nothing = np.full(len(rows), "NaT", dtype="datetime64[D]")
    found = vector.add_working_days_paused(
        CALENDAR,
        array([row[0] for row in rows]),
        np.array([row[1] for row in rows]),
        np.stack([array([p.since for p in pauses]), nothing], axis=1),
        np.stack([array([p.until for p in pauses]), nothing], axis=1),
    )
    assert found.tolist() == expected


@given(st.lists(moments, min_size=1, max_size=20), st.integers(0, 20_000), st.sampled_from([STANDARD, LONG]))
def test_arrays_of_working_minutes(starts: list[datetime], minutes: int, hours: OfficeHours) -> None:
    expected = [add_working_time(CALENDAR, m, timedelta(minutes=minutes), hours) for m in starts]
    found = vector.add_working_minutes(CALENDAR, array(list(starts), "m"), minutes, hours)
    assert found.tolist() == expected
    counted = vector.count_working_minutes(CALENDAR, array(list(starts), "m"), found, hours)
    assert counted.tolist() == [minutes] * len(starts)


@given(days, st.integers(1, 30))
def test_months_keep_the_day_or_the_last_of_the_month(start: date, amount: int) -> None:
    target = add_months(start, amount)
    assert (target.year - start.year) * 12 + target.month - start.month == amount
    assert target.day == start.day or (target + timedelta(1)).day == 1


@pytest.mark.parametrize("text", ["1899-12-31", "2200-01-01", "NaT", "2199-12-31"])
def test_arrays_refuse_days_outside_the_tables(text: str) -> None:
    with pytest.raises(Unreadable, match="超出批量推算的范围"):
        vector.add_working_days(CALENDAR, np.array([text], dtype="datetime64[D]"), 1)
    with pytest.raises(Unreadable, match="超出批量推算的范围"):
        vector.add_working_days(CALENDAR, np.array([text], dtype="datetime64[D]"), np.array([1]))


def test_no_rows_give_no_rows() -> None:
    empty = np.array([], dtype="datetime64[D]")
    assert vector.add_working_days(CALENDAR, empty, 3).size == 0
    assert vector.roll(CALENDAR, empty).size == 0
