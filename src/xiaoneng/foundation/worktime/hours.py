"""办公时间: the hours of a working day, and arithmetic in working minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from xiaoneng.foundation.refusals import Unreadable
from xiaoneng.foundation.worktime.calendar import DAY, Calendar


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """办公时间: ordered, separate intervals of one working day, to the minute."""

    intervals: tuple[tuple[time, time], ...]

    def __post_init__(self) -> None:
        flat = [moment for interval in self.intervals for moment in interval]
        if not flat or any(a >= b for a, b in pairwise(flat)):
            raise Unreadable("办公时间应为先后相接、互不重叠的时段。", remedy="例如 08:30-12:00,13:30-18:00。")

    @property
    def minutes(self) -> int:
        """每个工作日的分钟数."""
        return sum(_minute(end) - _minute(start) for start, end in self.intervals)

    @property
    def closes(self) -> time:
        """停止业务活动的时间 (民法典 203)."""
        return self.intervals[-1][1]

    def __str__(self) -> str:
        return ",".join(f"{start:%H:%M}-{end:%H:%M}" for start, end in self.intervals)


def _minute(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def parse_hours(text: str) -> OfficeHours:
    """读办公时间: "08:30-12:00,13:30-18:00". Raises `Unreadable`."""
    try:
        intervals = []
        for part in text.split(","):
            start, end = (time.fromisoformat(moment.strip()) for moment in part.split("-"))
            intervals.append((start.replace(second=0, microsecond=0), end.replace(second=0, microsecond=0)))
    except ValueError:
        raise Unreadable(f"办公时间“{text[:40]}”读不懂。", remedy="例如 08:30-12:00,13:30-18:00。") from None
    return OfficeHours(tuple(intervals))


# 国务院关于职工工作时间的规定 3: eight hours a day; how they lie in the day is each office's own.
STANDARD = OfficeHours(((time(8, 30), time(12)), (time(13, 30), time(18))))


def _spans(day: date, hours: OfficeHours, like: datetime) -> list[tuple[datetime, datetime]]:
    return [
        (datetime.combine(day, start, like.tzinfo), datetime.combine(day, end, like.tzinfo))
        for start, end in hours.intervals
    ]


def add_working_time(calendar: Calendar, start: datetime, length: timedelta, hours: OfficeHours = STANDARD) -> datetime:
    """加工作时间: the moment when `length` (≥ 0) of office time has run since `start`, by the wall clock.

    The end of an interval comes before the beginning of the next: 4.5 hours from 13:30 is 18:00 that day.
    Nothing is added for zero: the moment is `start`. Raises OverflowError past year 9999.
    """
    left = length
    whole = timedelta(minutes=hours.minutes)
    day = start.date()
    while left:
        if calendar.is_working(day):
            if day > start.date() and left > whole:
                left -= whole
            else:
                for begin, end in _spans(day, hours, start):
                    run = end - max(begin, start)
                    if run >= left:
                        return end - run + left
                    left -= max(run, timedelta())
        day += DAY
    return start


def working_time(calendar: Calendar, start: datetime, end: datetime, hours: OfficeHours = STANDARD) -> timedelta:
    """工作时间: office time between two moments; negative when `end` is before `start`."""
    if end < start:
        return -working_time(calendar, end, start, hours)
    total = timedelta()
    day = start.date()
    while day <= end.date():
        if calendar.is_working(day):
            for begin, stop in _spans(day, hours, start):
                total += max(min(stop, end) - max(begin, start), timedelta())
        day += DAY
    return total
