"""办理: what people do on a task. The actor signs in his or her own name where that suffices, else for the absent A."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO

from django.db import transaction

from xiaoneng.events import programme as facts
from xiaoneng.foundation.actors import Actor
from xiaoneng.foundation.refusals import Answer, Conflict, Refused
from xiaoneng.kernel.documents import api as documents
from xiaoneng.kernel.ledger import api as ledger
from xiaoneng.kernel.organisation import api as organisation
from xiaoneng.programme import indexing, policies
from xiaoneng.programme.domain import STEPS, Relation
from xiaoneng.programme.importing.edits import proper_target
from xiaoneng.programme.models import Comment, Evidence, Programme, Target, Task, TaskUnit, Update
from xiaoneng.programme.services.opening import target_fact, target_row
from xiaoneng.programme.visibility import sight

LONGEST_TEXT = 5000
MOST_EVIDENCE = 500

Policy = Callable[[Programme, Task, dict[Relation, Actor]], Answer]


@dataclass(frozen=True, slots=True)
class _Held:
    """A task locked for one verb, with who signs it."""

    task: Task
    assignments: list[TaskUnit]
    relations: dict[Relation, Actor]
    actor: Actor

    def signed(self, *relations: Relation) -> Actor:
        """The actor as the first of these relations signs."""
        return next((self.relations[r] for r in relations if r in self.relations), self.actor)


def _hold(task_id: int, *, actor: Actor, at: datetime, policy: Policy) -> _Held:
    """Lock the task and ask the policy; raises `Refused` with its reason."""
    task = Task.objects.select_for_update(of=("self",)).select_related("programme").filter(pk=task_id).first()
    who = policies.standing(actor, at)
    assignments = list(task.assignments.all()) if task is not None else []
    if task is None or not (who.trusted or policies.may_see_details(who, assignments)):
        raise Refused("没有这项任务，或您无权办理。")
    held = policies.relations(who, task, assignments)
    if not who.trusted:
        policy(task.programme, task, held).require()
    else:
        policies.may_touch(task.programme).require()
    return _Held(task, assignments, held, actor)


@transaction.atomic
def report_progress(task_id: int, *, percent: int, text: str, actor: Actor, at: datetime) -> Update:
    """报进展: percent 0–100 and what was done; a task not yet begun begins by it."""
    if not 0 <= percent <= 100:
        raise Refused("完成百分比应在 0 到 100 之间。")
    held = _hold(task_id, actor=actor, at=at, policy=policies.may_work)
    task, signed = held.task, held.signed(*policies.WORKERS)
    update = Update.objects.create(task=task, percent=percent, text=_words(text, "进展情况"), at=at, **_by(signed))
    before = task.state
    task.progress, task.changed_at = percent, at
    if task.state == Task.State.WAITING:
        task.state = Task.State.RUNNING
    task.save(update_fields=["progress", "state", "changed_at"])
    fact = facts.TaskProgressed(task.pk, update.pk, percent)
    ledger.record(fact, actor=signed, at=at, subject=update)
    moved = facts.TaskMoved(task.pk, "progress", before, task.state)
    ledger.record(moved, actor=signed, at=at, subject=task)
    return update


@transaction.atomic
def comment(task_id: int, *, text: str, actor: Actor, at: datetime) -> Comment:
    """留言."""
    held = _hold(task_id, actor=actor, at=at, policy=lambda p, _task, h: policies.may_comment(p, h))
    signed = held.signed(*policies.ORDER)
    made = Comment.objects.create(task=held.task, text=_words(text, "留言"), at=at, **_by(signed))
    ledger.record(facts.CommentAdded(held.task.pk, made.pk), actor=signed, at=at, subject=made)
    return made


@transaction.atomic
def add_evidence(
    task_id: int, *, content: bytes | BinaryIO, filename: str, title: str = "", actor: Actor, at: datetime
) -> Evidence:
    """提交佐证材料: raises `Refused` for an empty, oversized or forbidden file (the store's rules)."""
    held = _hold(task_id, actor=actor, at=at, policy=policies.may_work)
    if held.task.evidences.count() >= MOST_EVIDENCE:
        raise Refused(f"一项任务最多 {MOST_EVIDENCE} 份佐证材料。")
    signed = held.signed(*policies.WORKERS)
    stored = documents.store(content=content, filename=filename, actor=signed, at=at)
    named = title.strip()[:200] or stored.filename
    made = Evidence.objects.create(task=held.task, document=stored, title=named, at=at, **_by(signed))
    ledger.record(facts.EvidenceAdded(held.task.pk, made.pk, stored.sha256), actor=signed, at=at, subject=made)
    return made


@transaction.atomic
def take_step(task_id: int, *, step: str, reason: str = "", actor: Actor, at: datetime) -> Task:
    """状态变更: by the state table; its reason becomes a comment, so that the other side reads it.

    Raises `Refused` where the step is not open to this person, `Conflict` where somebody was faster.
    """
    wanted = STEPS.get(step)
    if wanted is None:
        raise Refused("没有这种状态变更。")

    def policy(programme: Programme, task: Task, relations: dict[Relation, Actor]) -> Answer:
        if task.state == wanted.to and policies.may_ever_take(wanted, relations):
            raise Conflict(f"任务刚刚已变为“{task.get_state_display()}”。", remedy="请刷新页面查看最新状态。")
        return policies.may_take(programme, task, wanted, relations)

    held = _hold(task_id, actor=actor, at=at, policy=policy)
    task = held.task
    if task.state not in wanted.of:
        raise Refused(f"任务现为“{task.get_state_display()}”，不能{wanted.label}。", basis=wanted.basis)
    signed = held.signed(*(r for r in policies.ORDER if r in wanted.by))
    if wanted.evidence and not task.evidences.exists():
        raise Refused(f"{wanted.label}须先提交佐证材料。", basis=wanted.basis, remedy="请在“佐证材料”中上传后再申请。")
    if wanted.another and task.proposed_by in {signed.id, signed.acting_for} - {""}:
        raise Refused("申请办结的人不能自己确认办结。", basis=wanted.basis, remedy="请由督查或另一位负责人核验。")
    if wanted.reason:
        text = _words(reason, f"{wanted.label}的理由")
        note = Comment.objects.create(task=task, text=f"{wanted.label}：{text}", at=at, **_by(signed))
        ledger.record(facts.CommentAdded(task.pk, note.pk), actor=signed, at=at, subject=note)
    before, task.state, task.changed_at = task.state, wanted.to, at
    if wanted.to == Task.State.PROPOSED:
        # Proposed in A's name by B: neither of them may confirm it.
        task.proposed_by = signed.acting_for or signed.id
    if wanted.to == Task.State.DONE:
        task.progress = 100
    task.save(update_fields=["state", "changed_at", "proposed_by", "progress"])
    ledger.record(facts.TaskMoved(task.pk, step, before, task.state), actor=signed, at=at, subject=task)
    return task


@transaction.atomic
def assign_handler(task_id: int, *, person_id: int | None, actor: Actor, at: datetime) -> Task:
    """指定承办人: somebody who serves in one of the task's units; None gives the task back to its units."""
    held = _hold(task_id, actor=actor, at=at, policy=policies.may_assign)
    task = held.task
    if person_id is not None:
        person = organisation.User.objects.filter(pk=person_id, is_active=True).first()
        if person is None or not _serves(person, held.assignments, at):
            raise Refused("承办人应是责任单位的在职人员。", remedy="请从名单中选择。")
    task.handler_id, task.changed_at = person_id, at
    task.save(update_fields=["handler", "changed_at"])
    signed = held.signed("lead_head", "supervision")
    ledger.record(facts.HandlerAssigned(task.pk, person_id), actor=signed, at=at, subject=task)
    return task


@transaction.atomic
def set_targets(task_id: int, *, rows: Sequence[Mapping[str, str]], actor: Actor, at: datetime) -> list[Target]:
    """修改量化目标: `rows` as in the import form, with `id` for those that stay; a missing one is dropped."""
    held = _hold(task_id, actor=actor, at=at, policy=policies.may_edit)
    task, signed = held.task, held.signed("supervision", "leader")
    existing = {str(row.pk): row for row in task.targets.select_for_update()}
    staying = []
    for values in rows:
        proper = target_row(task.programme, task, proper_target(task.number, values))
        row = existing.pop(str(values.get("id") or ""), None)
        if row is None:
            row = proper
        else:
            changed = [
                n
                for n in ("subject", "measure", "operator", "value", "unit", "period", "text")
                if getattr(row, n) != getattr(proper, n)
            ]
            if not changed:
                staying.append(row)
                continue
            for name in changed:
                setattr(row, name, getattr(proper, name))
        row.save()
        ledger.record(target_fact(row), actor=signed, at=at, subject=row)
        staying.append(row)
    for row in existing.values():
        ledger.retire(facts.TargetDropped(task.programme_id, row.pk), subject=row, actor=signed, at=at)
        row.delete()
    return staying


@transaction.atomic
def set_deadline(task_id: int, *, deadline: date | None, actor: Actor, at: datetime) -> Task:
    """修改完成时限."""
    held = _hold(task_id, actor=actor, at=at, policy=policies.may_edit)
    task = held.task
    if task.deadline != deadline:
        task.deadline, task.changed_at = deadline, at
        task.save(update_fields=["deadline", "changed_at"])
        signed = held.signed("supervision", "leader")
        ledger.record(facts.TaskChanged(task.pk, ("deadline",), None), actor=signed, at=at, subject=task)
        indexing.index_tasks([task])
    return task


def _serves(person: organisation.User, assignments: list[TaskUnit], at: datetime) -> bool:
    seen = sight(person, at)
    return seen.staff and (seen.is_own(assignments) or seen.everything)


def _by(actor: Actor) -> dict[str, str]:
    return {"by": actor.id, "acting_for": actor.acting_for}


def _words(text: str, what: str) -> str:
    words = text.replace("\x00", "").strip()
    if not words:
        raise Refused(f"请填写{what}。")
    if len(words) > LONGEST_TEXT:
        raise Refused(f"{what}最多 {LONGEST_TEXT} 个字，现有 {len(words)} 个字。")
    return words
