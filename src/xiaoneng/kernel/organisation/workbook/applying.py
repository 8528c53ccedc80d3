"""机构表入库: each row through the same services as the pages; a preview is the real thing, rolled back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from xiaoneng.events import organisation as facts
from xiaoneng.foundation.actors import Actor
from xiaoneng.foundation.refusals import Conflict, Refused
from xiaoneng.kernel.ledger import api as ledger
from xiaoneng.kernel.organisation import names, policies, queries
from xiaoneng.kernel.organisation.models import (
    Appointment,
    Kind,
    OrganisationImport,
    Partners,
    Post,
    Role,
    RoleGrant,
    Unit,
    User,
)
from xiaoneng.kernel.organisation.models.dated import day_of, holds_on
from xiaoneng.kernel.organisation.services import authority, people, units
from xiaoneng.kernel.organisation.workbook.columns import PARTNERS, PEOPLE, POSTS, ROLES, UNITS
from xiaoneng.kernel.organisation.workbook.reading import Problem, Row, Rows


@dataclass(slots=True)
class Outcome:
    """导入结果: what each row did ("新增", "更新"), and what is wrong with it."""

    changes: list[tuple[str, int, str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unchanged: int = 0

    @property
    def created(self) -> int:
        return sum(1 for change in self.changes if change[2] == "新增")

    @property
    def changed(self) -> int:
        return len(self.changes) - self.created

    @property
    def digest(self) -> str:
        """指纹: equal where the same rows would do the same; pressed with the button."""
        return hashlib.sha256(json.dumps(self.changes, ensure_ascii=False).encode()).hexdigest()


def preview(stored: OrganisationImport, *, actor: Actor, at: datetime) -> Outcome:
    """预览: import everything, look at it, and take it back."""
    with transaction.atomic():
        outcome = _run(stored, actor=actor, at=at)
        transaction.set_rollback(True)
    return outcome


@transaction.atomic
def apply(stored: OrganisationImport, *, digest: str, actor: Actor, at: datetime) -> Outcome:
    """导入: all or nothing, once.

    Raises `Refused` where a row is wrong, `Conflict` where it was imported already or would now do something else
    than was previewed.
    """
    stored = OrganisationImport.objects.select_for_update().get(pk=stored.pk)
    if stored.applied_at is not None:
        raise Conflict("这份机构表已经导入过。", remedy="如需再次更新，请重新上传。")
    outcome = _run(stored, actor=actor, at=at)
    if outcome.problems:
        raise Refused(f"机构表中还有 {len(outcome.problems)} 处问题，没有导入任何内容。", remedy="请改正后重新上传。")
    if outcome.digest != digest:
        raise Conflict("预览之后，机构或人员有了变动，没有导入任何内容。", remedy="请核对新的预览后再导入。")
    stored.applied_at = at
    stored.save(update_fields=["applied_at"])
    fact = facts.OrganisationImported(stored.pk, stored.sha256, outcome.created, outcome.changed)
    ledger.record(fact, actor=actor, at=at)
    return outcome


def _run(stored: OrganisationImport, *, actor: Actor, at: datetime) -> Outcome:
    run = _Run(stored.rows, stored.uploaded_by, actor, at)
    run.units()
    for sheet, act in ((POSTS, run.post), (PEOPLE, run.person), (ROLES, run.role), (PARTNERS, run.partners)):
        for row in run.rows.get(sheet, []):
            run.do(sheet, row, act)
    return run.outcome


class _Run:
    """One pass over the rows; each row in its own savepoint, so that one complaint does not hide the next."""

    def __init__(self, rows: Rows, viewer: User, actor: Actor, at: datetime) -> None:
        self.rows, self.viewer, self.actor, self.at, self.day = rows, viewer, actor, at, day_of(at)
        self.outcome = Outcome()

    def do(self, sheet: str, row: Row, act: Callable[[dict[str, str]], Iterator[tuple[str, str]]]) -> None:
        with self.complaints(sheet, row["number"]), transaction.atomic():
            done = [(sheet, row["number"], *change) for change in act(row["values"])]
            self.outcome.changes.extend(done)
            self.outcome.unchanged += not done

    @contextmanager
    def complaints(self, sheet: str, number: int) -> Iterator[None]:
        try:
            yield
        except Refused as refusal:
            self.outcome.problems.append(Problem(sheet=sheet, row=number, message=str(refusal)))

    def units(self) -> None:
        """Parents before children, in whatever order they stand."""
        pending = list(self.rows.get(UNITS, []))
        self.listed = {(names.tidy(r["values"]["名称"]), names.tidy(r["values"].get("上级机构", ""))) for r in pending}
        while pending:
            waiting = {names.tidy(row["values"]["名称"]) for row in pending}
            ready = [row for row in pending if names.tidy(row["values"].get("上级机构", "")) not in waiting]
            if not ready:
                for row in pending:
                    with self.complaints(UNITS, row["number"]):
                        raise Refused("上级机构互为上下级，形成了循环。")
                return
            for row in ready:
                self.do(UNITS, row, self.unit)
            pending = [row for row in pending if row not in ready]

    def unit(self, values: dict[str, str]) -> Iterator[tuple[str, str]]:
        name = names.tidy(values["名称"])
        parent = self.find_unit(values["上级机构"]) if values.get("上级机构") else None
        existing = self.same_unit(name, parent)
        kind = _choice(values.get("类别", ""), Kind, "类别", existing.kind if existing else Kind.DIVISION)
        order = _number(values.get("排序", ""), existing.order if existing else 0)
        if existing is None:
            unit = units.create_unit(
                name=name,
                parent=parent,
                kind=kind,
                valid_from=_day(values.get("设立日期", ""), "设立日期"),
                order=order,
                actor=self.actor,
                at=self.at,
            )
            yield "新增", f"机构 {unit.name}" + (f"（{parent}）" if parent else "")
        else:
            unit = existing
            if (unit.kind, unit.parent_id, unit.order) != (kind, parent.pk if parent else None, order):
                units.change_unit(unit, name=name, kind=kind, parent=parent, order=order, actor=self.actor, at=self.at)
                yield "更新", f"机构 {unit.name}"
        known = {alias.name for alias in unit.aliases.all()}
        for alias in _several(values.get("别名", "")):
            if names.tidy(alias) not in known:
                units.add_alias(unit, name=alias, actor=self.actor, at=self.at)
                yield "新增", f"{unit.name} 的别名 {alias}"

    def same_unit(self, name: str, parent: Unit | None) -> Unit | None:
        """The unit that a row speaks of: the same name in the same place, or the only one of that name, moved."""
        of_name = list(queries.units(self.at).filter(name=name).select_related("parent"))
        here = [unit for unit in of_name if unit.parent_id == (parent.pk if parent else None)]
        if here:
            return here[0]
        if len(of_name) == 1 and (name, of_name[0].parent.name if of_name[0].parent else "") not in self.listed:
            return of_name[0]
        return None

    def post(self, values: dict[str, str]) -> Iterator[tuple[str, str]]:
        unit, name = self.find_unit(values["机构"]), names.tidy(values["岗位"])
        existing = Post.objects.filter(holds_on(self.day), unit=unit, name=name).first()
        single = _yes(values.get("独任", ""), "独任", default=existing.single if existing else False)
        duties = values.get("职责", existing.duties if existing else "")
        if existing is None:
            units.create_post(unit, name=name, single=single, duties=duties, actor=self.actor, at=self.at)
            yield "新增", f"岗位 {unit}·{name}"
        elif (existing.single, existing.duties) != (single, duties):
            units.change_post(existing, single=single, duties=duties, actor=self.actor, at=self.at)
            yield "更新", f"岗位 {unit}·{name}"

    def person(self, values: dict[str, str]) -> Iterator[tuple[str, str]]:
        username, name = values["用户名"].lower(), names.tidy(values["姓名"])
        person = User.objects.filter(username=username).first()
        email = values.get("电子邮箱", person.email if person else "")
        if person is None:
            person = people.add_person(username=username, name=name, email=email, actor=self.actor, at=self.at)
            yield "新增", f"人员 {name}（{username}）"
        elif (person.name, person.email) != (name, email):
            person = people.change_person(
                person, name=name, email=email, active=person.is_active, actor=self.actor, at=self.at
            )
            yield "更新", f"人员 {name}（{username}）"
        if values.get("机构"):
            yield from self.appointment(person, values)
        elif values.get("岗位"):
            raise Refused("填写了岗位，但没有填写机构。")

    def appointment(self, person: User, values: dict[str, str]) -> Iterator[tuple[str, str]]:
        unit = self.find_unit(values["机构"])
        post = self.find_post(unit, values["岗位"]) if values.get("岗位") else None
        role = _choice(values.get("角色", ""), Role, "角色", Role.HANDLER)
        primary = _yes(values.get("主要任职", ""), "主要任职", default=True)
        start = _day(values.get("任职日期", ""), "任职日期") or self.day
        current = Appointment.objects.filter(holds_on(self.day), person=person, primary=primary)
        former = current.first() if primary else current.filter(unit=unit).first()
        if former and (former.unit_id, former.post_id, former.role) == (unit.pk, post.pk if post else None, role):
            return
        if former:
            people.end_appointment(former, on=max(start, former.valid_from), actor=self.actor, at=self.at)
        people.appoint(
            person,
            unit=unit,
            post=post,
            role=role,
            primary=primary,
            valid_from=max(start, former.valid_from) if former else start,
            actor=self.actor,
            at=self.at,
        )
        yield ("更新" if former else "新增"), f"任职 {person}：{unit}{f'·{post}' if post else ''}，{Role(role).label}"

    def role(self, values: dict[str, str]) -> Iterator[tuple[str, str]]:
        person, role = self.find_person(values["用户名"]), _choice(values["角色"], Role, "角色", "")
        unit = self.find_unit(values["范围"]) if values.get("范围") else None
        until = _day(values.get("失效日期", ""), "失效日期")
        current = RoleGrant.objects.filter(holds_on(self.day), person=person, role=role, unit=unit).first()
        if current is not None and current.valid_until == until:
            return
        policies.may_grant(self.viewer, person, at=self.at).require()
        if current is not None:
            authority.revoke(current, actor=self.actor, at=self.at)
        authority.grant(
            person,
            role=role,
            unit=unit,
            valid_from=max(_day(values.get("生效日期", ""), "生效日期") or self.day, self.day)
            if current
            else _day(values.get("生效日期", ""), "生效日期"),
            valid_until=until,
            reason=values.get("理由", ""),
            actor=self.actor,
            at=self.at,
        )
        yield ("更新" if current else "新增"), f"角色 {person}：{Role(role).label}，{unit or '全部机构'}"

    def partners(self, values: dict[str, str]) -> Iterator[tuple[str, str]]:
        unit = self.find_unit(values["机构"])
        a, b = self.find_person(values["A角"]), self.find_person(values["B角"])
        if not Partners.objects.filter(holds_on(self.day), unit=unit, a=a, b=b).exists():
            matters = values.get("负责事项", "")
            people.name_partners(unit=unit, a=a, b=b, matters=matters, actor=self.actor, at=self.at)
            yield "新增", f"AB 角 {unit}：{a}／{b}"

    def find_unit(self, name: str) -> Unit:
        unit = queries.unit_by_name(name, self.at)
        if unit is None:
            raise Refused(f"没有找到机构“{name}”，或有几个机构同名。")
        return unit

    def find_post(self, unit: Unit, name: str) -> Post:
        post = Post.objects.filter(holds_on(self.day), unit=unit, name=names.tidy(name)).first()
        if post is None:
            raise Refused(f"“{unit}”没有岗位“{name}”，请先在“岗位”工作表中填写。")
        return post

    def find_person(self, username: str) -> User:
        person = User.objects.filter(username=username.lower()).first()
        if person is None:
            raise Refused(f"没有找到用户名“{username}”，请先在“人员”工作表中填写。")
        return person


def _choice(text: str, choices: type[Kind] | type[Role], heading: str, default: str) -> str:
    if not text:
        return default
    for choice in choices:
        if text in (choice.label, choice.value):
            return str(choice.value)
    raise Refused(f"“{heading}”填写的“{text}”不在可选范围内：{'、'.join(str(label) for label in choices.labels)}。")


def _yes(text: str, heading: str, *, default: bool) -> bool:
    if text not in ("", "是", "否"):
        raise Refused(f"“{heading}”应填“是”或“否”。")
    return default if not text else text == "是"


def _number(text: str, default: int) -> int:
    if not text:
        return default
    if not text.isascii() or not text.isdigit() or len(text) > 4:
        raise Refused("“排序”应为 0 到 9999 的整数。")
    return int(text)


def _day(text: str, heading: str) -> date | None:
    if not text:
        return None
    try:
        return datetime.strptime(text.replace("/", "-").replace(".", "-"), "%Y-%m-%d").date()  # noqa: DTZ007
    except ValueError as error:
        raise Refused(f"“{heading}”填写的“{text}”不是日期，应如 2026-03-01。") from error


def _several(text: str) -> list[str]:
    return [
        part.strip()
        for part in text.replace("，", "、").replace(",", "、").replace("；", "、").split("、")
        if part.strip()
    ]
