"""谁可以: each answer with its reason, and in whose name it would be done."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from xiaoneng.foundation.actors import Actor
from xiaoneng.foundation.refusals import ALLOWED, Answer, denied
from xiaoneng.kernel.organisation import api as organisation
from xiaoneng.kernel.organisation.api import Role
from xiaoneng.programme import visibility
from xiaoneng.programme.domain import OPEN_STATES, Relation, Step
from xiaoneng.programme.models import Programme, Task, TaskUnit

MANAGERS = (Role.SUPERVISION, Role.LEADER)
RELATIONS: dict[Relation, str] = {
    "handler": "承办人",
    "lead_head": "牵头单位负责人",
    "lead_handler": "牵头单位承办人",
    "support": "配合单位人员",
    "supervision": "督查",
    "leader": "领导",
}
WORKERS: tuple[Relation, ...] = ("handler", "lead_head", "lead_handler", "support", "supervision")
ORDER: tuple[Relation, ...] = (*WORKERS, "leader")


@dataclass(frozen=True, slots=True)
class Standing:
    """身份: who an actor is at one moment: the roles held, one's own and those borrowed from an absent colleague."""

    actor: Actor
    at: datetime
    person_id: int | None
    authorities: tuple[organisation.Authority, ...]

    @property
    def trusted(self) -> bool:
        """系统自身: the command line and jobs act for nobody and are not refused."""
        return self.actor.kind == "system"

    def holds(self, *roles: Role) -> bool:
        """是否持有其中任一角色, anywhere."""
        return any(authority.role in roles for authority in self.authorities)

    def sign(self, held: Iterable[organisation.Authority]) -> Actor:
        """署名: oneself where one's own authority suffices, else for the colleague it comes from."""
        through = [authority.through_id for authority in held]
        if not through or None in through or self.actor.kind != "person":
            return self.actor
        return Actor(self.actor.id, self.actor.kind, acting_for=f"person:{through[0]}")


def standing(actor: Actor, at: datetime) -> Standing:
    """身份 of an actor; nobody in particular for a machine, the public or a closed account."""
    prefix, _, number = actor.id.partition(":")
    if actor.kind != "person" or prefix != "person" or not number.isdecimal():
        return Standing(actor, at, None, ())
    person = organisation.User.objects.filter(pk=int(number)).first()
    if person is None:
        return Standing(actor, at, None, ())
    held = tuple(organisation.roles_of(person, at))
    if actor.acting_for:
        held = tuple(a for a in held if a.through_id is not None and f"person:{a.through_id}" == actor.acting_for)
    return Standing(actor, at, person.pk, held)


def relations(who: Standing, task: Task, assignments: Collection[TaskUnit]) -> dict[Relation, Actor]:
    """与任务的关系: each way in which somebody stands to a task, with the actor that would sign in it."""
    found: dict[Relation, list[organisation.Authority]] = {}
    for authority in who.authorities:
        for relation in _relations_by(authority, who, task, assignments):
            found.setdefault(relation, []).append(authority)
    return {relation: who.sign(held) for relation, held in found.items()}


def _relations_by(
    authority: organisation.Authority, who: Standing, task: Task, assignments: Collection[TaskUnit]
) -> Iterable[Relation]:
    if authority.role == Role.LEADER:
        yield "leader"
    elif authority.role == Role.SUPERVISION:
        yield "supervision"
    elif authority.role in visibility.OWN_UNITS:
        own = visibility.sight_of([authority], who.at)
        lead = [a for a in assignments if a.part == TaskUnit.Part.LEAD or task.joint]
        if own.is_own(lead):
            yield "lead_head" if authority.role == Role.HEAD else "lead_handler"
        elif own.is_own(assignments):
            yield "support"
        else:
            return
        if task.handler_id is not None and task.handler_id == (authority.through_id or who.person_id):
            yield "handler"


def may_manage(who: Standing) -> Answer:
    """导入、启动、修订、结束方案: 督查 and 领导."""
    if who.trusted or who.holds(*MANAGERS):
        return ALLOWED
    return denied("导入和修订方案由督查或领导办理。", basis="方案 2(1)")


def may_import(viewer: Any, at: datetime) -> Answer:
    """同上, asked about whoever is signed in."""
    return may_manage(standing(organisation.actor_of(viewer), at))


def may_see_details(who: Standing, assignments: Collection[TaskUnit]) -> Answer:
    """看办理情况: the visibility rule, asked about one task."""
    seen = visibility.sight_of(who.authorities, who.at)
    if who.trusted or seen.everything or (seen.staff and seen.is_own(assignments)):
        return ALLOWED
    return denied("办理情况只对牵头和配合单位、督查和领导开放。")


def may_work(programme: Programme, task: Task, held: Collection[Relation]) -> Answer:
    """报进展、交材料: whoever does the work, while it is open."""
    if not (closed := may_touch(programme)):
        return closed
    if task.state not in OPEN_STATES:
        return denied(f"任务{task.get_state_display()}，不能再填报。")
    return _one_of(held, WORKERS, "填报进展和提交佐证材料")


def may_comment(programme: Programme, held: Collection[Relation]) -> Answer:
    """留言: whoever sees the work, as long as the programme runs."""
    return may_touch(programme) and _one_of(held, ORDER, "留言")


def may_assign(programme: Programme, task: Task, held: Collection[Relation]) -> Answer:
    """指定承办人: the head of a lead unit, or 督查."""
    if not (closed := may_touch(programme)):
        return closed
    if task.state not in OPEN_STATES:
        return denied(f"任务{task.get_state_display()}，不能再指定承办人。")
    return _one_of(held, ("lead_head", "supervision"), "指定承办人")


def may_edit(programme: Programme, task: Task, held: Collection[Relation]) -> Answer:
    """修改目标: 督查 and 领导, not whoever is measured by it."""
    if not (closed := may_touch(programme)):
        return closed
    if task.state == Task.State.WITHDRAWN:
        return denied("任务已撤销，不能修改。")
    return _one_of(held, ("supervision", "leader"), "修改任务目标")


def may_take(programme: Programme, task: Task, step: Step, held: Collection[Relation]) -> Answer:
    """状态变更: the step leads from the task's state and belongs to somebody in this relation."""
    if not (closed := may_touch(programme)):
        return closed
    if task.state not in step.of:
        return denied(f"任务现为“{task.get_state_display()}”，不能{step.label}。", basis=step.basis)
    return may_ever_take(step, held)


def may_ever_take(step: Step, held: Collection[Relation]) -> Answer:
    """状态变更归谁: the same, whatever state the task is in now."""
    return _one_of(held, tuple(r for r in ORDER if r in step.by), step.label, basis=step.basis)


def may_touch(programme: Programme) -> Answer:
    """方案是否仍在运行."""
    if programme.state == Programme.State.CLOSED:
        return denied("方案已结束，不能再变更。")
    return ALLOWED


def _one_of(held: Collection[Relation], wanted: tuple[Relation, ...], what: str, *, basis: str = "") -> Answer:
    if any(relation in held for relation in wanted):
        return ALLOWED
    return denied(f"{what}须由以下人员办理：{'、'.join(RELATIONS[r] for r in wanted)}。", basis=basis)
