"""批量推算: the same arithmetic on NumPy arrays, for millions of rows.

Days are `datetime64[D]`, moments `datetime64[m]` (wall clock, no zone). A calendar is unfolded once into tables
over the days of 1900–2199; then every deadline is one or two look-ups. Rows are taken in blocks, so that the
intermediate arrays stay in the processor's cache. Tested to equal the plain functions of this package.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from xiaoneng.foundation.refusals import Unreadable
from xiaoneng.foundation.worktime.calendar import Calendar
from xiaoneng.foundation.worktime.hours import STANDARD, OfficeHours

Days = npt.NDArray[np.datetime64]
Integers = npt.NDArray[np.int64]

FIRST = date(1900, 1, 1)
LAST = date(2199, 12, 31)
BLOCK = 1 << 15
_ORIGIN = int(np.datetime64(FIRST, "D").astype(np.int64))
_SIZE = (LAST - FIRST).days + 1
_DAY_MINUTES = 24 * 60


class Tables:
    """日历表: `working[i]` tells whether day i is worked, `before[i]` how many working days lie up to and
    including it, `nth[k]` which day is the k-th (from 1), `next[i]` the first working day not before it.
    """

    def __init__(self, calendar: Calendar) -> None:
        index = np.arange(_SIZE, dtype=np.int64)
        weekday = (index + FIRST.weekday()) % 7
        self.working = weekday < 5
        for day, special in calendar.special.items():
            if FIRST <= day <= LAST:
                self.working[(day - FIRST).days] = not special.off
        self.before = np.cumsum(self.working, dtype=np.int64)
        self.nth = np.concatenate(([-1], np.flatnonzero(self.working)))
        # Past the last working day of the tables there is no answer: one more than the last index.
        self.next = np.append(self.nth, _SIZE)[self.before - self.working + 1]
        covered = np.zeros(_SIZE, dtype=bool)
        for year in calendar.covered:
            if FIRST.year <= year <= LAST.year:
                covered[(date(year, 1, 1) - FIRST).days : (date(year, 12, 31) - FIRST).days + 1] = True
        self.provisional_before = np.cumsum(~covered, dtype=np.int64)


@lru_cache(maxsize=8)
def tables(calendar: Calendar) -> Tables:
    """日历表 of a calendar, built once (a few milliseconds)."""
    return Tables(calendar)


def _out_of_range() -> Unreadable:
    return Unreadable(f"日期超出批量推算的范围（{FIRST.year} 年至 {LAST.year} 年）。")


def _index(days: Days) -> Integers:
    """Table positions of days; refuses NaT and days outside the tables."""
    index: Integers = np.asarray(days, dtype="datetime64[D]").view(np.int64) - _ORIGIN
    if index.size and (index.min() < 0 or index.max() >= _SIZE):
        raise _out_of_range()
    return index


def _days(index: Integers) -> Days:
    return (index + _ORIGIN).view("datetime64[D]")


def _nth(known: Tables, rank: Integers) -> Integers:
    if rank.size and (rank.min() < 1 or rank.max() >= known.nth.size):
        raise _out_of_range()
    return known.nth[rank]


def is_working(calendar: Calendar, days: Days) -> npt.NDArray[np.bool_]:
    """是否工作日, for each day."""
    return tables(calendar).working[_index(days)]


def add_working_days(calendar: Calendar, starts: Days, amount: int | Integers) -> Days:
    """加工作日: for each start the `amount`-th working day after it (negative: before it; zero: itself)."""
    known = tables(calendar)
    if isinstance(amount, int):
        return _look_up(_due_table(known, amount), starts)
    out = np.empty(len(starts), dtype="datetime64[D]")
    for block in _blocks(len(starts)):
        index, steps = _index(starts[block]), np.asarray(amount[block], dtype=np.int64)
        rank = known.before[index] + steps + ((steps < 0) & ~known.working[index])
        moved = _nth(known, np.where(steps == 0, 1, rank))
        out[block] = _days(np.where(steps == 0, index, moved))
    return out


def _due_table(known: Tables, amount: int) -> Integers:
    """The answer for every day of the tables at once (as days since 1970), -2^63 where there is none."""
    if not amount:
        return np.arange(_SIZE, dtype=np.int64) + _ORIGIN
    rank = known.before + amount + ((amount < 0) & ~known.working)
    found = (rank >= 1) & (rank < known.nth.size)
    due = known.nth[np.where(found, rank, 0)] + _ORIGIN
    return np.where(found, due, np.iinfo(np.int64).min)


def _look_up(table: Integers, days: Days) -> Days:
    numbers = np.ascontiguousarray(days, dtype="datetime64[D]").view(np.int64)
    out = np.empty(len(numbers), dtype=np.int64)
    index = np.empty(min(BLOCK, len(numbers)), dtype=np.int64)
    for block in _blocks(len(numbers)):
        part = index[: block.stop - block.start]
        np.subtract(numbers[block], _ORIGIN, out=part)
        if part.min() < 0 or part.max() >= _SIZE:
            raise _out_of_range()
        np.take(table, part, out=out[block], mode="clip")
        if out[block].min() == np.iinfo(np.int64).min:
            raise _out_of_range()
    return out.view("datetime64[D]")


def _blocks(length: int) -> Iterator[slice]:
    return (slice(low, min(low + BLOCK, length)) for low in range(0, length, BLOCK))


def add_working_days_paused(calendar: Calendar, starts: Days, amount: int | Integers, since: Days, until: Days) -> Days:
    """加工作日并扣除中止: pauses of each row in columns (rows × k), in order and apart; NaT where there is none."""
    due = add_working_days(calendar, starts, amount)
    extra = np.zeros(len(starts), dtype=np.int64)
    for column in range(since.shape[1]):
        begins = np.maximum(since[:, column], starts)
        stops = until[:, column]
        hit = (begins < due) & (begins < stops)
        extra[hit] += count_working_days(calendar, begins[hit], stops[hit])
        due = add_working_days(calendar, starts, np.asarray(amount + extra))
    return due


def count_working_days(calendar: Calendar, starts: Days, ends: Days) -> Integers:
    """工作日数 after each start up to and including each end; negative when the end is earlier."""
    before = tables(calendar).before
    return before[_index(ends)] - before[_index(starts)]


def roll(calendar: Calendar, days: Days) -> Days:
    """顺延: each rest day to the next working day."""
    known = tables(calendar)
    moved = known.next[_index(days)]
    if moved.size and moved.max() >= _SIZE:
        raise _out_of_range()
    return _days(moved)


def add_days(calendar: Calendar, starts: Days, amount: int | Integers) -> Days:
    """加日 and roll: calendar days after each start; a last day that is a rest day rolls."""
    return roll(calendar, starts.astype("datetime64[D]") + np.asarray(amount).astype("timedelta64[D]"))


def add_months(calendar: Calendar, starts: Days, amount: int | Integers) -> Days:
    """加月 and roll: the same day of the target month or its last day; rest days roll."""
    starts = starts.astype("datetime64[D]")
    month = starts.astype("datetime64[M]")
    target = month + np.asarray(amount).astype("timedelta64[M]")
    length = (target + 1).astype("datetime64[D]") - target.astype("datetime64[D]")
    offset = np.minimum(starts - month.astype("datetime64[D]"), length - np.timedelta64(1, "D"))
    return roll(calendar, target.astype("datetime64[D]") + offset)


def is_provisional(calendar: Calendar, starts: Days, dues: Days) -> npt.NDArray[np.bool_]:
    """是否暂定: whether any day from the start to the due day lies in a year without a notice."""
    known = tables(calendar)
    first, last = _index(starts), _index(dues)
    counted: Integers = known.provisional_before
    return (counted[last] > counted[first]) | (np.diff(counted, prepend=0)[first] > 0)


class _DayTables:
    """Office minutes within a day: `elapsed[m]` run by minute m, `at[k]` the minute when the k-th has run."""

    def __init__(self, hours: OfficeHours) -> None:
        open_minutes = np.zeros(_DAY_MINUTES, dtype=np.int64)
        for start, end in hours.intervals:
            open_minutes[start.hour * 60 + start.minute : end.hour * 60 + end.minute] = 1
        self.elapsed = np.concatenate(([0], np.cumsum(open_minutes)))
        self.at = np.concatenate(([0], np.flatnonzero(open_minutes) + 1))
        self.whole = int(open_minutes.sum())


def _position(known: Tables, day: _DayTables, moments: Days) -> Integers:
    minutes = np.asarray(moments, dtype="datetime64[m]").view(np.int64)
    index = _index((minutes // _DAY_MINUTES).view("datetime64[D]"))
    worked = known.working[index]
    return (known.before[index] - worked) * day.whole + worked * day.elapsed[minutes % _DAY_MINUTES]


def add_working_minutes(
    calendar: Calendar, starts: Days, minutes: int | Integers, hours: OfficeHours = STANDARD
) -> Days:
    """加工作分钟 (≥ 0): the moment when so many minutes of office time have run since each start."""
    known, day = tables(calendar), _DayTables(hours)
    starts = np.asarray(starts, dtype="datetime64[m]")
    amount = np.broadcast_to(np.asarray(minutes, dtype=np.int64), starts.shape)
    target = _position(known, day, starts) + amount
    whole, rest = np.divmod(np.maximum(target - 1, 0), day.whole)
    due = _days(_nth(known, whole + 1)).astype("datetime64[m]") + day.at[rest + 1].astype("timedelta64[m]")
    return np.where(amount == 0, starts, due)


def count_working_minutes(calendar: Calendar, starts: Days, ends: Days, hours: OfficeHours = STANDARD) -> Integers:
    """工作分钟数 between each pair of moments."""
    known, day = tables(calendar), _DayTables(hours)
    return _position(known, day, ends) - _position(known, day, starts)
