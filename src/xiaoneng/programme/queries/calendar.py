"""频次日历: what recurs, on which days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY, rrule, rruleset, rrulestr  # type: ignore[import-untyped]
from django.db.models import Prefetch, Q

from xiaoneng.foundation.refusals import Refused
from xiaoneng.programme.models import Cadence, Programme, TaskUnit
from xiaoneng.programme.visibility import groups_with, visible_cadences

PER_CADENCE = 400
LONGEST_DAYS = 366 * 2


@dataclass(frozen=True, slots=True)
class Occurrence:
    """一次应办: one day on which a recurring duty falls."""

    on: date
    cadence: Cadence


def rule(text: str, starts_on: date) -> rrule:
    """频次规则: an RFC 5545 rule of whole days; raises `Refused` for what is not one.

    A monthly duty that starts on the 29th, 30th or 31st falls on the last day of a shorter month.
    """
    try:
        made = rrulestr(text, dtstart=datetime.combine(starts_on, time()))
    except (ValueError, TypeError, KeyError, IndexError) as error:
        raise Refused(f"频次规则“{text[:60]}”无法识别。", remedy="例如每月一次：FREQ=MONTHLY。") from error
    if isinstance(made, rruleset) or made._freq not in (YEARLY, MONTHLY, WEEKLY, DAILY):
        raise Refused("频次最密为每日一次。", remedy="例如每日一次：FREQ=DAILY。")
    if starts_on.day > 28 and made._freq in (YEARLY, MONTHLY) and "BY" not in text.upper():
        month = {"bymonth": starts_on.month} if made._freq == YEARLY else {}
        return made.replace(bymonthday=range(28, starts_on.day + 1), bysetpos=-1, **month)
    return made


def days(text: str, starts_on: date, first: date, last: date) -> list[date]:
    """应办日期 from `first` to `last`, both included, at most `PER_CADENCE`."""
    begin, end = datetime.combine(first, time()), datetime.combine(last, time())
    found = rule(text, starts_on).xafter(begin, inc=True)
    return [moment.date() for moment in islice(_until(found, end), PER_CADENCE)]


def _until(moments: Iterable[datetime], end: datetime) -> Iterable[datetime]:
    for moment in moments:
        if moment > end:
            return
        yield moment


def occurrences(
    viewer: Any,
    *,
    first: date,
    last: date,
    programme: Programme | None = None,
    unit_ids: tuple[int, ...] = (),
    at: datetime,
) -> list[Occurrence]:
    """频次日历: every occurrence between two days, in order; raises `Refused` for more than two years."""
    if last < first or (last - first).days > LONGEST_DAYS:
        raise Refused("日历一次最多显示两年。", remedy="请缩短起止日期。")
    cadences = visible_cadences(viewer, at).select_related("task", "programme")
    if programme is not None:
        cadences = cadences.filter(programme=programme)
    if unit_ids:
        own = Q(unit_id__in=unit_ids) | Q(group_id__in=groups_with(unit_ids, at))
        cadences = cadences.filter(task__in=TaskUnit.objects.filter(own).values("task"))
    assignments = TaskUnit.objects.select_related("unit", "group")
    cadences = cadences.prefetch_related(Prefetch("task__assignments", queryset=assignments))
    found = [
        Occurrence(day, cadence) for cadence in cadences for day in days(cadence.rrule, cadence.starts_on, first, last)
    ]
    return sorted(found, key=lambda occurrence: (occurrence.on, occurrence.cadence.pk))
