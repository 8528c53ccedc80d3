"""工作日历的事实."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from xiaoneng.events import Fact


@dataclass(frozen=True, slots=True)
class CalendarImported(Fact):
    """日历已更新: a notice was entered; deadlines that touch `year` are to be recomputed and explained.

    `version` is the calendar's new version, the one before it is `version - 1`; `full` when the notice arranges the
    whole year; `days` how many days it names; `digest` SHA-256 of those days in canonical form.
    """

    kind: ClassVar[str] = "worktime.calendar_imported"

    version: int
    year: int
    number: str
    full: bool
    days: int
    digest: str
