"""机构与岗位的设立、变更、撤销."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, models, transaction

from xiaoneng.events import organisation as facts
from xiaoneng.foundation.actors import Actor
from xiaoneng.foundation.refusals import Conflict, Refused
from xiaoneng.kernel.ledger import api as ledger
from xiaoneng.kernel.organisation import names, queries
from xiaoneng.kernel.organisation.models import Alias, FormerUnit, Kind, Post, Unit
from xiaoneng.kernel.organisation.models.dated import day_of, holds_on


@transaction.atomic
def create_unit(
    *,
    name: str,
    parent: Unit | None = None,
    kind: str = Kind.DIVISION,
    valid_from: date | None = None,
    order: int = 0,
    actor: Actor,
    at: datetime,
) -> Unit:
    """设立机构: raises `Refused` for a group word, a taken name or a closed parent."""
    start = valid_from or day_of(at)
    unit = Unit(name=names.tidy(name), kind=Kind(kind), parent=parent, order=order, valid_from=start, since=start)
    _require_proper(unit, start)
    save(unit, f"“{unit.name}”已经存在。")
    fact = facts.UnitCreated(unit.pk, unit.kind, unit.parent_id, start.isoformat())
    ledger.record(fact, actor=actor, at=at, subject=unit)
    return unit


@transaction.atomic
def change_unit(
    unit: Unit, *, name: str, kind: str, parent: Unit | None, order: int, actor: Actor, at: datetime
) -> Unit:
    """变更机构: rename, move or re-classify from the day of `at` on; the former state stays readable.

    Raises `Refused` where the unit would stand below itself. The former name becomes an alias.
    """
    day = day_of(at)
    # Two moves that are harmless one by one can form a circle together: all movers queue here.
    locked = {row.pk: row for row in Unit.objects.select_for_update().order_by("pk")}
    unit = locked[unit.pk]
    before = (unit.name, unit.kind, unit.parent_id)
    after = (names.tidy(name), str(Kind(kind)), parent.pk if parent else None)
    if before == after and order == unit.order:
        return unit
    if queries.tree(day).would_circle(unit.pk, after[2]):
        raise Refused(f"“{unit.name}”不能放在自己或自己的下级之下。", remedy="请选择另一个上级机构。")
    if before != after and unit.since < day:
        FormerUnit.objects.create(
            unit=unit, name=unit.name, kind=unit.kind, parent_id=unit.parent_id, valid_from=unit.since, valid_until=day
        )
        unit.since = day
    former_name, unit.name, unit.kind, unit.parent, unit.order = unit.name, after[0], after[1], parent, order
    _require_proper(unit, day)
    save(unit, f"“{unit.name}”已经存在。")
    if former_name != unit.name and not Alias.objects.filter(name=former_name).exists():
        Alias.objects.create(unit=unit, name=former_name)
    fact = facts.UnitChanged(unit.pk, unit.kind, unit.parent_id, unit.since.isoformat())
    ledger.record(fact, actor=actor, at=at, subject=unit)
    return unit


@transaction.atomic
def end_unit(unit: Unit, *, on: date | None = None, actor: Actor, at: datetime) -> Unit:
    """撤销机构: raises `Refused` while units, people or partners still belong to it."""
    end = on or day_of(at)
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    if unit.valid_until is not None and unit.valid_until <= end:
        raise Refused(f"“{unit.name}”已于 {unit.valid_until:%Y-%m-%d} 撤销。")
    still = [
        label
        for label, rows in (
            ("下级机构", unit.children),
            ("任职人员", unit.appointments),
            ("AB 角", unit.partners),
            ("角色授予", unit.grants),
        )
        if rows.filter(models.Q(valid_until=None) | models.Q(valid_until__gt=end)).exists()
    ]
    if still:
        raise Refused(f"“{unit.name}”还有{'、'.join(still)}，不能撤销。", remedy="请先调整或结束这些关系。")
    for post in unit.posts.filter(valid_until=None):
        close(post, end)
        ledger.record(facts.PostChanged(post.pk, unit.pk), actor=actor, at=at, subject=post)
    close(unit, end)
    ledger.record(facts.UnitEnded(unit.pk, end.isoformat()), actor=actor, at=at, subject=unit)
    return unit


@transaction.atomic
def add_alias(unit: Unit, *, name: str, actor: Actor, at: datetime) -> Alias:
    """登记别名: raises `Refused` where the name already means another unit or is a group word."""
    tidied = names.tidy(name)
    _require_name(tidied)
    other = Unit.objects.filter(holds_on(day_of(at)), name=tidied).exclude(pk=unit.pk).first()
    if other is not None:
        raise Refused(f"“{tidied}”是另一个机构的名称，不能作为“{unit.name}”的别名。")
    existing = Alias.objects.filter(name=tidied).select_related("unit").first()
    if existing is not None and existing.unit_id != unit.pk:
        raise Refused(f"“{tidied}”已是“{existing.unit.name}”的别名。", remedy="一个别名只能指向一个机构。")
    if existing is not None:
        return existing
    alias = Alias(unit=unit, name=tidied)
    save(alias, f"“{tidied}”刚刚被登记为别名。")
    ledger.record(facts.AliasAdded(unit.pk, alias.pk), actor=actor, at=at, subject=unit)
    return alias


@transaction.atomic
def create_post(
    unit: Unit,
    *,
    name: str,
    single: bool = False,
    duties: str = "",
    valid_from: date | None = None,
    actor: Actor,
    at: datetime,
) -> Post:
    """设置岗位."""
    tidied = names.tidy(name)
    if not tidied or len(tidied) > 60:
        raise Refused("岗位名称应为 1 到 60 个字。")
    post = Post(unit=unit, name=tidied, single=single, duties=duties, valid_from=valid_from or day_of(at))
    save(post, f"“{unit.name}”已有岗位“{tidied}”。")
    ledger.record(facts.PostCreated(post.pk, unit.pk), actor=actor, at=at, subject=post)
    return post


@transaction.atomic
def change_post(post: Post, *, single: bool, duties: str, actor: Actor, at: datetime) -> Post:
    """变更岗位: raises `Refused` where several people hold a post that is to be single."""
    post = Post.objects.select_for_update().get(pk=post.pk)
    if single and not post.single and post.appointments.filter(holds_on(day_of(at))).count() > 1:
        raise Refused(f"岗位“{post.name}”现由多人担任，不能改为独任。")
    if (post.single, post.duties) != (single, duties):
        post.single, post.duties = single, duties
        post.save()
        ledger.record(facts.PostChanged(post.pk, post.unit_id), actor=actor, at=at, subject=post)
    return post


def _require_proper(unit: Unit, day: date) -> None:
    _require_name(unit.name)
    if unit.parent is not None and not unit.parent.holds(day):
        raise Refused(f"上级机构“{unit.parent.name}”在 {day:%Y-%m-%d} 不存在。", remedy="请选择存续的上级机构。")
    taken = Alias.objects.filter(name=unit.name).exclude(unit=unit.pk).select_related("unit").first()
    if taken is not None and taken.unit.holds(day):
        raise Refused(f"“{unit.name}”已登记为“{taken.unit.name}”的别名。", remedy="请直接使用该机构。")


def _require_name(name: str) -> None:
    if not name or len(name) > 100:
        raise Refused("机构名称应为 1 到 100 个字。")
    if names.classify(name) == "group":
        raise Refused(f"“{name}”是一类机构的统称，不能作为一个机构。", remedy="请填写具体机构的名称。")


def save(row: models.Model, taken: str) -> None:
    """Save, with the database's uniqueness told as a sentence."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Conflict(taken, remedy="请核对后再试。") from error


def close(row: models.Model, end: date) -> None:
    """End a dated row; never before it began."""
    row.valid_until = max(end, row.valid_from)  # type: ignore[attr-defined]
    row.save(update_fields=["valid_until"])
