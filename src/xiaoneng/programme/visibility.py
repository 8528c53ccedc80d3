"""可见范围: the one rule that lists, search, detail, export, feeds and attachments all use.

A plan is an internal document of one office: everybody who holds an office role sees the tree and what each task is.
Progress notes, comments, evidence and history are seen by the units that lead or support the task, by 督查 and by 领导.
An administrator without another role, an external account and the public see nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from xiaoneng.kernel.organisation import api as organisation
from xiaoneng.kernel.organisation.api import Role
from xiaoneng.programme.models import (
    Cadence,
    Comment,
    Evidence,
    Finding,
    Programme,
    Revision,
    Target,
    Task,
    TaskUnit,
    UnitGroup,
    Update,
)

PLAN_TABLES = (Programme, Revision, Finding, TaskUnit, Target, Cadence)
WORK_TABLES = (Task, Update, Comment, Evidence)
EVERYTHING = (Role.LEADER, Role.SUPERVISION)
OWN_UNITS = (Role.HEAD, Role.HANDLER)


@dataclass(frozen=True, slots=True)
class Sight:
    """视野: what one viewer may see at one moment; `unit_ids` and `group_ids` are those whose work is one's own."""

    staff: bool
    everything: bool
    unit_ids: frozenset[int] = frozenset()
    group_ids: frozenset[int] = frozenset()

    def own(self, prefix: str = "") -> Q:
        """所属条件 on assignments, for a relation with `prefix`."""
        return Q(**{f"{prefix}unit_id__in": self.unit_ids}) | Q(**{f"{prefix}group_id__in": self.group_ids})

    def is_own(self, assignments: Iterable[TaskUnit]) -> bool:
        """是否本单位的任务."""
        return any(a.unit_id in self.unit_ids or a.group_id in self.group_ids for a in assignments)


NOTHING = Sight(staff=False, everything=False)


def sight(viewer: Any, at: datetime) -> Sight:
    """视野 of a viewer: a few queries, however many tasks there are."""
    return sight_of(organisation.roles_of(viewer, at), at)


def sight_of(authorities: Iterable[organisation.Authority], at: datetime) -> Sight:
    """视野 that a set of roles gives."""
    held = list(authorities)
    if any(authority.role in EVERYTHING for authority in held):
        return Sight(staff=True, everything=True)
    own = [authority for authority in held if authority.role in OWN_UNITS]
    if not own:
        return NOTHING
    unit_ids = units_under([authority.unit_id for authority in own], at)
    return Sight(staff=True, everything=False, unit_ids=unit_ids, group_ids=groups_with(unit_ids, at))


def units_under(scopes: Iterable[int | None], at: datetime) -> frozenset[int]:
    """范围内的单位: each scope's unit with all below it, as of `at`; the scope None is every unit."""
    children: dict[int | None, list[int]] = {}
    for pk, parent_id in organisation.units(at).values_list("pk", "parent_id"):
        children.setdefault(parent_id, []).append(pk)
    wanted = set(scopes)
    if None in wanted:
        return frozenset(pk for below in children.values() for pk in below)
    found: set[int] = set()
    pending = [pk for below in children.values() for pk in below if pk in wanted]
    while pending:
        pk = pending.pop()
        if pk not in found:
            found.add(pk)
            pending.extend(children.get(pk, []))
    return frozenset(found)


def groups_with(unit_ids: Iterable[int], at: datetime) -> frozenset[int]:
    """含有这些单位的单位组, as the groups stand at `at`."""
    wanted = set(unit_ids)
    return frozenset(
        group.pk
        for group in UnitGroup.objects.all()
        if any(unit.pk in wanted for unit in organisation.expand_group(group.name, at))
    )


def is_staff(viewer: Any, at: datetime) -> bool:
    """是否在职人员 in an office role; one query."""
    return organisation.has_role(viewer, *EVERYTHING, *OWN_UNITS, at=at)


def visible_programmes(viewer: Any, at: datetime) -> QuerySet[Programme]:
    """可见的方案."""
    return Programme.objects.all() if is_staff(viewer, at) else Programme.objects.none()


def visible_tasks(viewer: Any, at: datetime) -> QuerySet[Task]:
    """可见的任务: what it is, whose it is, how far it is."""
    return Task.objects.all() if is_staff(viewer, at) else Task.objects.none()


def visible_cadences(viewer: Any, at: datetime) -> QuerySet[Cadence]:
    """可见的频次: of running programmes; those of withdrawn or finished tasks have ended."""
    if not is_staff(viewer, at):
        return Cadence.objects.none()
    ended = Q(task__state__in=[Task.State.WITHDRAWN, Task.State.DONE])
    return Cadence.objects.filter(programme__state=Programme.State.RUNNING).exclude(ended)


def detailed_tasks(viewer: Any, at: datetime) -> QuerySet[Task]:
    """可见办理情况的任务: progress notes, comments, evidence, history."""
    seen = sight(viewer, at)
    if seen.everything:
        return Task.objects.all()
    if not seen.staff:
        return Task.objects.none()
    return Task.objects.filter(pk__in=TaskUnit.objects.filter(seen.own()).values("task"))


def visible_rows(model: type[Any], viewer: Any, at: datetime) -> QuerySet[Any]:
    """可见的台账之行: the plan's tables for everybody in office; those of work on a task for whoever sees that work."""
    rows: QuerySet[Any] = model._default_manager.all()
    if model in PLAN_TABLES:
        return rows if is_staff(viewer, at) else rows.none()
    tasks = detailed_tasks(viewer, at)
    return tasks if model is Task else rows.filter(task__in=tasks)
