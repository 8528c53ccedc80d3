"""工作日历与期限: pure arithmetic on days, hours and the State Council's calendar; `vector` is the same on arrays."""

from __future__ import annotations

from xiaoneng.foundation.worktime.calendar import Calendar, Notice, SpecialDay, weekday_name
from xiaoneng.foundation.worktime.days import add_months, add_working_days, count_working_days, roll
from xiaoneng.foundation.worktime.deadline import Deadline, Mark, Pause, Unit, deadline, show
from xiaoneng.foundation.worktime.hours import STANDARD, OfficeHours, add_working_time, parse_hours, working_time
from xiaoneng.foundation.worktime.seed import seeded

__all__ = [
    "STANDARD",
    "Calendar",
    "Deadline",
    "Mark",
    "Notice",
    "OfficeHours",
    "Pause",
    "SpecialDay",
    "Unit",
    "add_months",
    "add_working_days",
    "add_working_time",
    "count_working_days",
    "deadline",
    "parse_hours",
    "roll",
    "seeded",
    "show",
    "weekday_name",
    "working_time",
]
