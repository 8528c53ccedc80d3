"""单位对照: the names in a plan become units and groups."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from xiaoneng.foundation.actors import Actor
from xiaoneng.foundation.refusals import Refused
from xiaoneng.kernel.organisation import api as organisation
from xiaoneng.kernel.organisation.api import Kind, Unit
from xiaoneng.programme.models import UnitGroup

_KINDS = (
    (re.compile(r"(?:县|区|市|州)(?:人民)?政府$|(?:县|新区|开发区|园区)(?:管委会)?$"), Kind.DISTRICT),
    (re.compile(r"(?:局|委|委员会|部|厅|署|总队|中心|公司|集团|银行)$"), Kind.DEPARTMENT),
    (re.compile(r"(?:处|室|处室|科|股|组|党委|支部|工会)$"), Kind.DIVISION),
    (re.compile(r"(?:政府办公室|政府办公厅|人民政府|市委|省委|国务院)$"), Kind.OFFICE),
)


@dataclass(frozen=True, slots=True)
class Mapped:
    """单位对照 of one name: what stands for it, and whether a person must still say."""

    name: str
    use: str
    unit: Unit | None
    proposal: organisation.Proposal

    @property
    def unsettled(self) -> bool:
        """须由人确认: the name resembles an existing unit, and nobody has said whether it is that one."""
        return self.use == ""


def mapped(names: Iterable[str], choices: Mapping[str, Mapping[str, Any]], at: datetime) -> list[Mapped]:
    """单位对照: a person's choice where there is one, else what the organisation proposes."""
    existing = {unit.pk: unit for unit in organisation.units(at)} if choices else {}
    proposals = organisation.propose_units(names, at)
    return [_mapped(proposal, choices.get(proposal.name), existing) for proposal in proposals]


def _mapped(proposal: organisation.Proposal, choice: Mapping[str, Any] | None, existing: Mapping[int, Unit]) -> Mapped:
    if choice is not None and (choice["use"] != "unit" or choice["id"] in existing):
        unit = existing[choice["id"]] if choice["use"] == "unit" else None
        return Mapped(proposal.name, choice["use"], unit, proposal)
    use = {"exact": "unit", "alias": "unit", "group": "group", "new": "create"}.get(proposal.kind, "")
    return Mapped(proposal.name, use, proposal.match, proposal)


def settle(
    names: Iterable[str],
    choices: Mapping[str, Mapping[str, Any]],
    *,
    issuer: str,
    assume: bool,
    actor: Actor,
    at: datetime,
) -> dict[str, Unit | UnitGroup]:
    """落实单位: match, create or group every name, in the caller's transaction.

    Raises `Refused` while a name that resembles an existing unit is undecided, unless `assume` (then it is new).
    """
    found = mapped(names, choices, at)
    unsettled = [row.name for row in found if row.unsettled]
    if unsettled and not assume:
        raise Refused(
            f"还有 {len(unsettled)} 个单位名称需要确认：{'、'.join(unsettled[:5])}。",
            remedy="请在“单位对照”中逐个确认。",
        )
    settled: dict[str, Unit | UnitGroup] = {}
    home: Unit | None = None
    for row in found:
        if row.use == "unit" and row.unit is not None:
            settled[row.name] = row.unit
            if row.proposal.kind == "near":
                organisation.add_alias(row.unit, name=row.name, actor=actor, at=at)
        elif row.use == "group":
            settled[row.name] = UnitGroup.objects.get_or_create(name=row.name)[0]
        else:
            kind = kind_of(row.name)
            if kind == Kind.DIVISION and home is None:
                home = office(issuer, actor=actor, at=at)
            parent = home if kind == Kind.DIVISION else None
            settled[row.name] = organisation.create_unit(name=row.name, parent=parent, kind=kind, actor=actor, at=at)
    return settled


def kind_of(name: str) -> Kind:
    """机构类别, from the last words of a name."""
    return next((kind for pattern, kind in reversed(_KINDS) if pattern.search(name)), Kind.OTHER)


def office(issuer: str, *, actor: Actor, at: datetime) -> Unit | None:
    """发文机关: the unit under which new divisions are set up; created at the root where it is not there yet."""
    if not issuer or len(issuer) > 100 or organisation.classify(issuer) == "group" or " " in issuer:
        return None
    return organisation.unit_by_name(issuer, at) or organisation.create_unit(
        name=issuer, kind=Kind.OFFICE, actor=actor, at=at
    )
