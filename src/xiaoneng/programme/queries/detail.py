"""任务详情: one task with what its viewer may see of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from xiaoneng.foundation.actors import Actor
from xiaoneng.foundation.refusals import Answer
from xiaoneng.kernel.organisation import api as organisation
from xiaoneng.programme import policies
from xiaoneng.programme.domain import STEPS, Relation, Step
from xiaoneng.programme.models import Cadence, Comment, Evidence, Finding, Target, Task, TaskUnit, Update
from xiaoneng.programme.queries.board import with_units
from xiaoneng.programme.visibility import visible_tasks

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Detail:
    """任务详情: `details` says whether (and if not, why) the work on it may be seen; then the lists are empty.

    `steps` are the changes of state that this viewer may make now; `names` maps actor ids to people.
    """

    task: Task
    assignments: list[TaskUnit]
    targets: list[Target]
    cadences: list[Cadence]
    findings: list[Finding]
    details: Answer
    relations: dict[Relation, Actor]
    steps: list[Step]
    may_work: Answer
    may_comment: Answer
    may_assign: Answer
    may_edit: Answer
    updates: list[Update] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)


def task_detail(viewer: Any, task_id: int, *, at: datetime) -> Detail | None:
    """任务详情; None for a task that the viewer may not see or that does not exist."""
    task = with_units(visible_tasks(viewer, at).select_related("programme")).filter(pk=task_id).first()
    if task is None:
        return None
    who = policies.standing(organisation.actor_of(viewer), at)
    assignments = list(task.assignments.all())
    held = policies.relations(who, task, assignments)
    programme = task.programme
    details = policies.may_see_details(who, assignments)
    updates = list(task.updates.all()[:SHOWN]) if details else []
    comments = list(task.comments.all()[:SHOWN]) if details else []
    evidence = list(task.evidences.select_related("document")[:SHOWN]) if details else []
    ids = {actor for note in (*updates, *comments, *evidence) for actor in (note.by, note.acting_for) if actor}
    return Detail(
        task=task,
        assignments=assignments,
        targets=list(task.targets.all()),
        cadences=list(task.cadences.all()),
        findings=[],
        details=details,
        relations=held,
        steps=[step for step in STEPS.values() if policies.may_take(programme, task, step, held)],
        may_work=policies.may_work(programme, task, held),
        may_comment=policies.may_comment(programme, held),
        may_assign=policies.may_assign(programme, task, held),
        may_edit=policies.may_edit(programme, task, held),
        updates=updates,
        comments=comments,
        evidence=evidence,
        names=organisation.display_names(ids),
    )


def handlers_for(detail: Detail, at: datetime) -> list[organisation.User]:
    """可指定的承办人: people who serve in the task's units today, by name."""
    units = {a.unit_id for a in detail.assignments if a.unit_id is not None}
    for assignment in detail.assignments:
        if assignment.group is not None:
            units |= {unit.pk for unit in organisation.expand_group(assignment.group.name, at)}
    today = timezone.localdate(at)
    serving = Q(appointments__valid_until=None) | Q(appointments__valid_until__gt=today)
    people = organisation.User.objects.filter(
        serving, is_active=True, appointments__unit__in=units, appointments__valid_from__lte=today
    )
    return list(people.distinct())
