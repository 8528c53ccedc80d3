"""方案看板: the tree of a programme a page at a time, however many tasks it has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, Literal

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from xiaoneng.programme.domain import OPEN_STATES, TaskState
from xiaoneng.programme.models import Action, Measure, Programme, Task, TaskUnit
from xiaoneng.programme.visibility import groups_with, sight, visible_programmes, visible_tasks

PAGE_SIZE = 50
COUNT_CAP = 1000
SOON = timedelta(days=14)
Due = Literal["", "overdue", "soon", "undated"]


@dataclass(frozen=True, slots=True)
class Filters:
    """筛选: everything empty shows all tasks that are not withdrawn.

    `due`: overdue, soon (within 14 days) or undated; `due_from`/`due_until` inclusive; `unit_ids` any of these units,
    groups that contain them included; `mine` only the viewer's own units; `handler_id` a person.
    """

    state: str = ""
    unit_ids: tuple[int, ...] = ()
    action_id: int | None = None
    measure_id: int | None = None
    due: Due = ""
    due_from: date | None = None
    due_until: date | None = None
    handler_id: int | None = None
    mine: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """计数 up to `COUNT_CAP`: beyond it only "more than" is known, so that it costs the same for any plan."""

    value: int
    capped: bool = False

    def __str__(self) -> str:
        return f"{self.value}+" if self.capped else str(self.value)

    def __int__(self) -> int:
        return self.value


@dataclass(frozen=True, slots=True)
class Counts:
    """任务计数 of one programme by state, with the overdue ones."""

    by_state: dict[str, Count]
    overdue: Count

    @property
    def total(self) -> Count:
        """未撤销的任务总数."""
        kept = [count for state, count in self.by_state.items() if state != TaskState.WITHDRAWN]
        return Count(sum(map(int, kept)), any(count.capped for count in kept))


@dataclass(slots=True)
class Stem:
    """举措及其任务 (on this page); `measure` None for tasks that hang directly under the action."""

    measure: Measure | None
    tasks: list[Task] = field(default_factory=list)


@dataclass(slots=True)
class Branch:
    """行动及其举措 (on this page); `action` None for a plan without actions."""

    action: Action | None
    stems: list[Stem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Board:
    """看板 page: `after` is the cursor of the next page (the last task's number), None on the last one."""

    programme: Programme
    branches: list[Branch]
    tasks: list[Task]
    after: int | None


def programmes(viewer: Any, at: datetime) -> QuerySet[Programme]:
    """可见的方案, newest first."""
    return visible_programmes(viewer, at)


def board_tree(
    viewer: Any, programme: Programme, filters: Filters | None = None, *, after: int = 0, at: datetime
) -> Board:
    """看板: tasks after number `after`, in the plan's order, as a tree. Five queries."""
    asked = filtered(viewer, filters or Filters(), at).filter(programme=programme, number__gt=after)
    # Keys first: a filter may match many tasks, and sorting whole rows of long text for one page is what costs.
    keys = list(asked.order_by("number").values_list("pk", flat=True)[: PAGE_SIZE + 1])
    more = len(keys) > PAGE_SIZE
    tasks = list(with_units(Task.objects.filter(pk__in=keys[:PAGE_SIZE])).order_by("number"))
    return Board(programme, as_tree(tasks), tasks, tasks[-1].number if more else None)


def filtered(viewer: Any, filters: Filters, at: datetime) -> QuerySet[Task]:
    """筛选后的可见任务, without order."""
    today = timezone.localtime(at).date()
    tasks = visible_tasks(viewer, at)
    tasks = tasks.filter(state=filters.state) if filters.state else tasks.exclude(state=TaskState.WITHDRAWN)
    if filters.action_id is not None:
        tasks = tasks.filter(action_id=filters.action_id)
    if filters.measure_id is not None:
        tasks = tasks.filter(measure_id=filters.measure_id)
    if filters.handler_id is not None:
        tasks = tasks.filter(handler_id=filters.handler_id)
    if filters.due_from is not None:
        tasks = tasks.filter(deadline__gte=filters.due_from)
    if filters.due_until is not None:
        tasks = tasks.filter(deadline__lte=filters.due_until)
    if filters.due == "undated":
        tasks = tasks.filter(deadline=None)
    elif filters.due:
        tasks = tasks.filter(state__in=OPEN_STATES, **_window(filters.due, today))
    if filters.unit_ids:
        groups = groups_with(filters.unit_ids, at)
        tasks = tasks.filter(_assigned(Q(unit_id__in=filters.unit_ids) | Q(group_id__in=groups)))
    if filters.mine:
        tasks = tasks.filter(_assigned(sight(viewer, at).own()))
    return tasks


def _window(due: Due, today: date) -> dict[str, Any]:
    if due == "overdue":
        return {"deadline__lt": today}
    return {"deadline__gte": today, "deadline__lte": today + SOON}


def _assigned(condition: Q) -> Q:
    return Q(pk__in=TaskUnit.objects.filter(condition).values("task"))


def with_units(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """附带行动、举措、责任单位、承办人: two queries for any number of tasks."""
    assignments = TaskUnit.objects.select_related("unit", "group").order_by("task", "part", "order", "id")
    return tasks.select_related("action", "measure", "handler").prefetch_related(
        Prefetch("assignments", queryset=assignments)
    )


def as_tree(tasks: Iterable[Task]) -> list[Branch]:
    """成树: neighbours under one action and one measure are joined; the plan's order is kept."""
    branches = []
    for _, under_action in groupby(tasks, key=lambda task: task.action_id):
        stems = []
        for _, under_measure in groupby(under_action, key=lambda task: task.measure_id):
            found = list(under_measure)
            stems.append(Stem(found[0].measure, found))
        branches.append(Branch(stems[0].tasks[0].action, stems))
    return branches


def counts(viewer: Any, programme: Programme, *, at: datetime) -> Counts:
    """各状态任务数, each counted up to `COUNT_CAP` along an index."""
    tasks = visible_tasks(viewer, at).filter(programme=programme)
    today = timezone.localtime(at).date()
    return Counts(
        by_state={state: capped(tasks.filter(state=state)) for state in TaskState.values},
        overdue=capped(tasks.filter(state__in=OPEN_STATES, deadline__lt=today)),
    )


def capped(rows: QuerySet[Any]) -> Count:
    """计数, stopping at `COUNT_CAP`."""
    found = rows.order_by().values("pk")[: COUNT_CAP + 1].count()
    return Count(min(found, COUNT_CAP), found > COUNT_CAP)


def office_tasks(
    viewer: Any, unit_ids: Iterable[int], *, filters: Filters | None = None, after: int = 0, at: datetime
) -> QuerySet[Task]:
    """处室任务: tasks of running programmes that these units lead or support, nearest deadline last-known first.

    `after` is the primary key of the last task already shown; slice the result for a page.
    """
    given = filters or Filters()
    groups = groups_with(unit_ids, at)
    own = _assigned(Q(unit_id__in=list(unit_ids)) | Q(group_id__in=groups))
    tasks = filtered(viewer, given, at).filter(own, programme__state=Programme.State.RUNNING, pk__gt=after)
    return with_units(tasks.select_related("programme").order_by("pk"))


def task_rows(
    viewer: Any, programme: Programme, filters: Filters | None = None, *, at: datetime, chunk: int = 1000
) -> Iterable[Task]:
    """逐行的任务, for an export: streamed in chunks, each with its units and targets."""
    tasks = with_units(filtered(viewer, filters or Filters(), at).filter(programme=programme).order_by("number"))
    return tasks.prefetch_related("targets").iterator(chunk_size=chunk)
