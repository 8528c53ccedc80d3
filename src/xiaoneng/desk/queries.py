"""工作台的查询: what stands before a person today; reads only through the modules' doors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import ExtractMonth
from django.utils import timezone

from xiaoneng.desk.domain import NEAR, Day, by_month
from xiaoneng.foundation.worktime import Calendar
from xiaoneng.kernel.organisation import api as organisation
from xiaoneng.kernel.organisation.api import Unit
from xiaoneng.programme import api as programmes
from xiaoneng.programme.api import (
    OPEN_STATES,
    Action,
    Cadence,
    Filters,
    Occurrence,
    Programme,
    Task,
    TaskState,
)

PRESSING = 8
AHEAD = timedelta(days=30)
MOST_DUTIES = 300
MOST_ENTRIES = 5000


def current(viewer: Any, asked: str | None, at: datetime) -> tuple[Programme | None, list[Programme]]:
    """所看的方案: the one asked for, else the newest running, else the newest; with all that may be chosen."""
    found = list(programmes.programmes(viewer, at)[:100])
    running = [p for p in found if p.state == Programme.State.RUNNING]
    chosen = next((p for p in found if str(p.pk) == asked), None)
    return chosen or next(iter(running or found), None), found


@dataclass(frozen=True, slots=True)
class Pressing:
    """到期任务: the nearest first; `more` where there are others."""

    tasks: list[Task]
    more: bool


def pressing(viewer: Any, due: programmes.Due, at: datetime, *, own: bool) -> Pressing:
    """到期任务 of running programmes: overdue or due soon, of the viewer's own units or of all that may be seen."""
    today = timezone.localtime(at).date()
    tasks = programmes.visible_tasks(viewer, at).filter(programme__state=Programme.State.RUNNING, state__in=OPEN_STATES)
    if due == "overdue":
        tasks = tasks.filter(deadline__lt=today)
    else:
        tasks = tasks.filter(deadline__gte=today, deadline__lte=today + NEAR)
    if own:
        tasks = tasks.filter(_own(viewer, at))
    found = list(programmes.with_units(tasks).order_by("deadline", "pk")[: PRESSING + 1])
    return Pressing(found[:PRESSING], len(found) > PRESSING)


def handled(viewer: Any, at: datetime) -> list[Task]:
    """我承办的: open tasks of which the viewer is the named handler, nearest deadline first."""
    tasks = programmes.visible_tasks(viewer, at).filter(
        handler_id=viewer.pk, state__in=OPEN_STATES, programme__state=Programme.State.RUNNING
    )
    return list(programmes.with_units(tasks).order_by("deadline", "pk")[:PRESSING])


def to_confirm(viewer: Any, at: datetime) -> list[Task]:
    """待核验: tasks whose completion waits for 督查 or for the head of a lead unit."""
    tasks = programmes.visible_tasks(viewer, at).filter(
        state=TaskState.PROPOSED, programme__state=Programme.State.RUNNING
    )
    seen = programmes.sight(viewer, at)
    if not seen.everything:
        if not organisation.has_role(viewer, organisation.Role.HEAD, at=at):
            return []
        tasks = tasks.filter(_own(viewer, at))
    return list(programmes.with_units(tasks).order_by("changed_at")[:PRESSING])


def _own(viewer: Any, at: datetime) -> Q:
    own = programmes.TaskUnit.objects.filter(programmes.sight(viewer, at).own())
    return Q(pk__in=own.values("task"))


@dataclass(frozen=True, slots=True)
class ActionProgress:
    """行动进度: tasks of an action by state, withdrawn ones left out."""

    action: Action | None
    by_state: dict[str, int]

    @property
    def title(self) -> str:
        return self.action.title if self.action else "未分行动"

    @property
    def total(self) -> int:
        return sum(self.by_state.values())


def progress_by_action(viewer: Any, programme: Programme, at: datetime) -> list[ActionProgress]:
    """各行动进度: one grouped query, one for the titles."""
    tasks = programmes.visible_tasks(viewer, at).filter(programme=programme).exclude(state=TaskState.WITHDRAWN)
    counted: dict[int | None, dict[str, int]] = {}
    for action_id, state, count in tasks.order_by().values_list("action", "state").annotate(n=Count("pk")):
        counted.setdefault(action_id, {})[state] = count
    titles = {action.pk: action for action in actions(programme)}
    order: list[int | None] = [*titles, None]
    return [ActionProgress(titles.get(pk) if pk else None, counted[pk]) for pk in order if pk in counted]


def actions(programme: Programme | None) -> QuerySet[Action]:
    """方案的行动, in order."""
    return Action.objects.filter(programme=programme).order_by("order")


def units(at: datetime) -> list[Unit]:
    """可筛选的单位."""
    return list(organisation.units(at).only("pk", "name", "order").order_by("order", "pk")[:1000])


@dataclass(frozen=True, slots=True)
class Duty:
    """应办事项: a cadence with its days of one year, month by month."""

    cadence: Cadence
    months: list[list[Day]]


@dataclass(frozen=True, slots=True)
class Year:
    """年历: duties of one year in the plan's order; `more` where there are too many to show; deadlines by month."""

    duties: list[Duty]
    more: bool
    deadlines: list[int]


def year(viewer: Any, number: int, unit_ids: tuple[int, ...], calendar: Calendar, at: datetime) -> Year:
    """年历 of what recurs, with rest days named."""
    found = programmes.occurrences(
        viewer, first=date(number, 1, 1), last=date(number, 12, 31), unit_ids=unit_ids, at=at
    )
    days: dict[int, list[Day]] = {}
    cadences: dict[int, Cadence] = {}
    for each in found:
        cadences[each.cadence.pk] = each.cadence
        rest = "" if calendar.is_working(each.on) else calendar.name(each.on)
        days.setdefault(each.cadence.pk, []).append(Day(each.on, rest))
    ordered = sorted(cadences.values(), key=_place)
    duties = [Duty(cadence, by_month(days[cadence.pk])) for cadence in ordered[:MOST_DUTIES]]
    return Year(duties, len(ordered) > MOST_DUTIES, _deadlines(viewer, number, unit_ids, at))


def _place(cadence: Cadence) -> tuple[int, int, int]:
    """The whole programme's duties first, then the tasks' in the plan's order."""
    return (-cadence.programme_id, cadence.task.number if cadence.task else 0, cadence.pk)


def _deadlines(viewer: Any, number: int, unit_ids: tuple[int, ...], at: datetime) -> list[int]:
    filters = Filters(unit_ids=unit_ids, due_from=date(number, 1, 1), due_until=date(number, 12, 31))
    tasks = programmes.filtered(viewer, filters, at).filter(programme__state=Programme.State.RUNNING)
    counted = dict(tasks.order_by().annotate(m=ExtractMonth("deadline")).values_list("m").annotate(n=Count("pk")))
    return [counted.get(month, 0) for month in range(1, 13)]


def upcoming(viewer: Any, at: datetime, *, unit_ids: tuple[int, ...] = (), most: int = 12) -> list[Occurrence]:
    """近期应办: what recurs within the next 30 days."""
    today = timezone.localtime(at).date()
    return programmes.occurrences(viewer, first=today, last=today + AHEAD, unit_ids=unit_ids, at=at)[:most]


def feed_entries(viewer: Any, *, own: bool, at: datetime) -> tuple[Iterable[Occurrence], Iterable[Task]]:
    """订阅内容: duties from three months ago to a year ahead, and open tasks with a deadline."""
    today = timezone.localtime(at).date()
    unit_ids: tuple[int, ...] = ()
    tasks = programmes.visible_tasks(viewer, at).filter(
        programme__state=Programme.State.RUNNING, state__in=OPEN_STATES, deadline__gte=today - timedelta(days=90)
    )
    if own:
        unit_ids = tuple(organisation.units_of(viewer, at).values_list("pk", flat=True)) or (0,)
        tasks = tasks.filter(_own(viewer, at))
    duties = programmes.occurrences(
        viewer, first=today - timedelta(days=90), last=today + timedelta(days=366), unit_ids=unit_ids, at=at
    )
    return islice(duties, MOST_ENTRIES), tasks.order_by("deadline", "pk")[:MOST_ENTRIES]


@dataclass(frozen=True, slots=True)
class Office:
    """处室的任务数: tasks of running programmes that the unit itself leads or supports."""

    unit: Unit
    lead: int
    open: int
    overdue: int


def offices(viewer: Any, at: datetime) -> list[Office]:
    """处室一览: units that have tasks, in the organisation's order; one grouped query."""
    today = timezone.localtime(at).date()
    is_open = Q(task__state__in=OPEN_STATES)
    rows = (
        programmes.TaskUnit.objects.filter(
            unit__isnull=False,
            task__in=programmes.visible_tasks(viewer, at).filter(programme__state=Programme.State.RUNNING),
        )
        .exclude(task__state=TaskState.WITHDRAWN)
        .order_by()
        .values_list("unit")
        .annotate(
            lead=Count("pk", filter=Q(part=programmes.TaskUnit.Part.LEAD)),
            open=Count("pk", filter=is_open),
            overdue=Count("pk", filter=is_open & Q(task__deadline__lt=today)),
        )
    )
    counted = {unit_id: numbers for unit_id, *numbers in rows}
    return [Office(unit, *counted[unit.pk]) for unit in units(at) if unit.pk in counted]


def own_unit_ids(viewer: Any, at: datetime) -> set[int]:
    """我的单位 and those below."""
    return set(organisation.units_of(viewer, at).values_list("pk", flat=True))
