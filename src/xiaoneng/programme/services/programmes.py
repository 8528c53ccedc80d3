"""方案整体: findings decided while it runs, and its end."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from xiaoneng.events import programme as facts
from xiaoneng.foundation.actors import Actor
from xiaoneng.foundation.refusals import Conflict, Refused
from xiaoneng.kernel.ledger import api as ledger
from xiaoneng.programme import indexing, policies
from xiaoneng.programme.importing.edits import locate, may_replace
from xiaoneng.programme.models import Action, Finding, Measure, Programme, Task
from xiaoneng.programme.services.revising import COLUMNS


@transaction.atomic
def decide_finding(finding_id: int, *, decision: str, actor: Actor, at: datetime) -> Finding:
    """处理疑点 of a running programme: accepting puts the suggestion into the tasks concerned.

    Raises `Conflict` where it was decided already, `Refused` for whoever does not manage the programme.
    """
    policies.may_manage(policies.standing(actor, at)).require()
    finding = (
        Finding.objects.select_for_update(of=("self",))
        .select_related("programme", "revision")
        .filter(pk=finding_id)
        .first()
    )
    if finding is None:
        raise Refused("没有这个疑点。")
    policies.may_touch(finding.programme).require()
    if decision not in (Finding.Decision.ACCEPTED, Finding.Decision.REJECTED):
        raise Refused("疑点只能采纳或不采纳。")
    if finding.decision != Finding.Decision.OPEN:
        raise Conflict(f"这个疑点{finding.get_decision_display()}，不能重复处理。")
    finding.decision, finding.decided_by, finding.decided_at = decision, actor.id, at
    finding.save()
    if decision == Finding.Decision.ACCEPTED and finding.suggestion:
        _correct(finding, actor=actor, at=at)
    fact = facts.FindingDecided(finding.programme_id, finding.pk, finding.decision)
    ledger.record(fact, actor=actor, at=at, subject=finding)
    return finding


def _correct(finding: Finding, *, actor: Actor, at: datetime) -> None:
    """Replace the excerpt in the rows that the finding's lines became, where it still stands."""
    reading: dict[str, Any] = finding.revision.reading
    wanted = {"excerpt": finding.excerpt, "line": finding.line}
    numbers = {reading["tasks"][p[1]]["number"] for p in locate(reading, wanted) if p[0] == "tasks" and p[2] in COLUMNS}
    texts = [column for name, column in COLUMNS.items() if name in ("task", "steps", "target", "text", "deadline_text")]
    changed = []
    for task in finding.programme.tasks.filter(number__in=numbers).exclude(state=Task.State.WITHDRAWN):
        fields = [name for name in texts if may_replace(finding.excerpt, getattr(task, name))]
        if not fields:
            continue
        for name in fields:
            setattr(task, name, getattr(task, name).replace(finding.excerpt, finding.suggestion))
        task.changed_at = at
        task.save(update_fields=[*fields, "changed_at"])
        ledger.record(facts.TaskChanged(task.pk, tuple(fields), None), actor=actor, at=at, subject=task)
        changed.append(task)
    for cadence in finding.programme.cadences.filter(text__contains=finding.excerpt, task__number__in=numbers):
        cadence.text = cadence.text.replace(finding.excerpt, finding.suggestion)
        cadence.save(update_fields=["text"])
        fact = facts.CadenceSet(cadence.programme_id, cadence.task_id, cadence.pk, cadence.rrule)
        ledger.record(fact, actor=actor, at=at, subject=cadence)
    if len(finding.excerpt) >= 3:
        branches: list[Action | Measure] = [*finding.programme.actions.all(), *finding.programme.measures.all()]
        for branch in branches:
            if finding.excerpt in branch.title:
                branch.title = branch.title.replace(finding.excerpt, finding.suggestion)
                branch.save(update_fields=["title"])
    indexing.index_tasks(changed)


@transaction.atomic
def close(programme_id: int, *, actor: Actor, at: datetime) -> Programme:
    """结束方案: nothing of it changes any more; the same plan may then be started anew."""
    policies.may_manage(policies.standing(actor, at)).require()
    programme = Programme.objects.select_for_update().filter(pk=programme_id).first()
    if programme is None:
        raise Refused("没有这个方案。")
    policies.may_touch(programme).require()
    programme.state, programme.closed_at = Programme.State.CLOSED, at
    programme.save(update_fields=["state", "closed_at"])
    done = programme.tasks.filter(state=Task.State.DONE).count()
    unfinished = programme.tasks.exclude(state__in=[Task.State.DONE, Task.State.WITHDRAWN]).count()
    ledger.record(facts.ProgrammeClosed(programme.pk, done, unfinished), actor=actor, at=at, subject=programme)
    return programme
