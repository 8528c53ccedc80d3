"""机构与人员的查询: units of a day, who holds what, who stands in for whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from xiaoneng.kernel.organisation import names
from xiaoneng.kernel.organisation.models import Alias, Appointment, FormerUnit, Unit, User
from xiaoneng.kernel.organisation.models.dated import day_of, holds_on
from xiaoneng.kernel.organisation.tree import Node, Tree

# UNION, not UNION ALL: even a circle written behind the services' back would end.
_BELOW = (
    "WITH RECURSIVE below(id) AS (SELECT id FROM organisation_unit WHERE id IN ({marks})"
    " UNION SELECT u.id FROM organisation_unit u JOIN below b ON u.parent_id = b.id) SELECT id FROM below"
)
_ABOVE = (
    "WITH RECURSIVE above(id, parent_id) AS (SELECT id, parent_id FROM organisation_unit WHERE id = %s"
    " UNION SELECT u.id, u.parent_id FROM organisation_unit u JOIN above a ON u.id = a.parent_id) SELECT id FROM above"
)


def units(at: datetime) -> QuerySet[Unit]:
    """机构: all units in force at `at`."""
    return Unit.objects.filter(holds_on(day_of(at)))


def below(unit_ids: Iterable[int]) -> QuerySet[Unit]:
    """这些机构及其下级, now in force or not; one query, composable."""
    ids = sorted(set(unit_ids))
    if not ids:
        return Unit.objects.none()
    return Unit.objects.filter(pk__in=RawSQL(_BELOW.format(marks=",".join(["%s"] * len(ids))), ids))  # noqa: S611


def above(unit: Unit) -> set[int]:
    """本机构及其各级上级的编号."""
    return set(Unit.objects.filter(pk__in=RawSQL(_ABOVE, [unit.pk])).values_list("pk", flat=True))  # noqa: S611


def tree(day: date) -> Tree:
    """当日的机构树, with names and parents as they were on that day."""
    former = {
        row.unit_id: row
        for row in FormerUnit.objects.filter(holds_on(day), unit__valid_from__lte=day).only(
            "unit_id", "name", "kind", "parent_id"
        )
    }
    nodes = []
    for unit in Unit.objects.filter(holds_on(day)):
        state = former.get(unit.pk, unit)
        nodes.append(Node(unit.pk, state.name, state.kind, state.parent_id, unit.order))
    return Tree(nodes)


def unit_by_name(name: str, at: datetime) -> Unit | None:
    """按名称找机构: exact name first, then alias; None where two units share the name."""
    wanted = names.tidy(name)
    found = list(units(at).filter(name=wanted)[:2])
    if not found:
        found = list(units(at).filter(aliases__name=wanted)[:2])
    return found[0] if len(found) == 1 else None


def expand_group(name: str, at: datetime) -> list[Unit]:
    """展开类别词: "各处室" → every division; empty where the words do not say who ("有关部门")."""
    meant = names.group(name)
    if meant is None or not meant.definite:
        return []
    found = units(at).filter(kind__in=meant.kinds)
    return [unit for unit in found if not meant.numbered or names.is_numbered(unit.name)]


@dataclass(frozen=True, slots=True)
class Proposal:
    """机构对照建议: what a name used by a plan probably means, with the reason for a person to judge."""

    name: str
    kind: Literal["exact", "alias", "near", "group", "new"]
    match: Unit | None
    candidates: list[Unit]
    reason: str


def propose_units(wanted: Iterable[str], at: datetime) -> list[Proposal]:
    """机构对照建议, one per different name, in order."""
    current = list(units(at))
    by_name: dict[str, list[Unit]] = {}
    for unit in current:
        by_name.setdefault(unit.name, []).append(unit)
    by_alias = {
        alias.name: alias.unit for alias in Alias.objects.select_related("unit") if alias.unit.holds(day_of(at))
    }
    return [_proposal(name, at, by_name, by_alias) for name in dict.fromkeys(wanted)]


def _proposal(name: str, at: datetime, by_name: dict[str, list[Unit]], by_alias: dict[str, Unit]) -> Proposal:
    tidied = names.tidy(name)
    if same := by_name.get(tidied):
        if len(same) == 1:
            return Proposal(name, "exact", same[0], same, "名称完全一致。")
        return Proposal(name, "near", None, same, f"有 {len(same)} 个机构同名，请选择。")
    if tidied in by_alias:
        unit = by_alias[tidied]
        return Proposal(name, "alias", unit, [unit], f"已登记为“{unit.name}”的别名。")
    if names.classify(name) == "group":
        members = expand_group(name, at)
        reason = (
            f"是一类机构的统称，按现有机构包括 {len(members)} 个。" if members else "是一类机构的统称，须由人确定。"
        )
        return Proposal(name, "group", None, members, reason)
    near = names.nearest(tidied, by_name)
    if near:
        candidates = [unit for other, _ in near for unit in by_name[other]]
        best, score = near[0]
        return Proposal(name, "near", None, candidates, f"与现有机构“{best}”相近（{score:.0f}%），请确认是否同一机构。")
    return Proposal(name, "new", None, [], "现有机构中没有，建议新设。")


def units_served(person: User, at: datetime) -> QuerySet[Unit]:
    """任职机构, by appointment alone."""
    served = Appointment.objects.filter(holds_on(day_of(at)), person=person)
    return units(at).filter(pk__in=served.values("unit_id"))


def display_names(actor_ids: Iterable[str]) -> dict[str, str]:
    """行为人的称呼: "person:12" → "张三（综合一处）", by the latest main appointment; two queries for any number."""
    wanted = {actor_id: _person_id(actor_id) for actor_id in actor_ids}
    people = User.objects.in_bulk([pk for pk in wanted.values() if pk is not None])
    latest = (
        Appointment.objects.filter(person__in=people).select_related("unit").order_by("primary", "valid_from", "id")
    )
    where = {appointment.person_id: appointment.unit.name for appointment in latest}
    result = {}
    for actor_id, pk in wanted.items():
        person = people.get(pk) if pk is not None else None
        if person is None:
            result[actor_id] = _NAMELESS.get(actor_id.partition(":")[0], "未登记人员")
        else:
            result[actor_id] = f"{person}（{where[person.pk]}）" if person.pk in where else str(person)
    return result


def display_name(actor_id: str) -> str:
    """行为人的称呼, for one."""
    return display_names([actor_id])[actor_id]


_NAMELESS = {"system": "系统", "machine": "外部系统", "public": "公众"}


def _person_id(actor_id: str) -> int | None:
    prefix, _, number = actor_id.partition(":")
    if prefix != "person" or not number.isascii() or not number.isdigit() or len(number) > 18:
        return None
    return int(number)
