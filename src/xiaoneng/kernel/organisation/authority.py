"""谁持有什么角色: own, lent by delegation, and those of an absent A partner, at a moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from django.db.models import CharField, QuerySet, Value

from xiaoneng.kernel.organisation import queries
from xiaoneng.kernel.organisation.models import Appointment, Delegation, Leave, Partners, Role, RoleGrant, Unit, User
from xiaoneng.kernel.organisation.models.dated import day_of, holds_on


@dataclass(frozen=True, slots=True)
class Authority:
    """持有的角色: over `unit_id` and below (None: everywhere); `through_id` is whose authority it is, if another's."""

    role: Role
    unit_id: int | None
    source: Literal["appointment", "grant", "delegation", "partner"]
    through_id: int | None = None


def authorities(user: Any, at: datetime) -> list[Authority]:
    """此人此刻的全部角色, one query unless something is borrowed; nothing for a stranger or a closed account.

    What is lent holds only while its owner holds it too; the administrator's role is never lent.
    """
    if not isinstance(user, User) or not user.is_active:
        return []
    if user.remembered is None:
        return _look_up(user, at)
    held: list[Authority]
    for moment, held in user.remembered:
        if abs(at - moment) < ONE_REQUEST:
            return held
    held = _look_up(user, at)
    user.remembered.append((at, held))
    return held


# Within one page view the clock is read several times, a few milliseconds apart.
ONE_REQUEST = timedelta(seconds=2)


def _look_up(user: User, at: datetime) -> list[Authority]:
    held: list[Authority] = []
    borrowed: list[tuple[int, str, int | None, Literal["delegation", "partner"]]] = []
    for owner_id, role, unit_id, source in _own([user.pk], at).union(_lent(user, at), _stood_in(user, at), all=True):
        if source in ("appointment", "grant"):
            held.append(Authority(Role(role), unit_id, source))
        else:
            borrowed.append((owner_id, role, unit_id, source))
    if borrowed:
        owners = list(_own({row[0] for row in borrowed}, at))
        for owner_id, role, scope, source in borrowed:
            for person_id, owned, unit_id, _ in owners:
                if person_id != owner_id or owned == Role.ADMIN or role not in ("", owned):
                    continue
                common = _overlap(unit_id, scope)
                if common is not _NOWHERE:
                    held.append(Authority(Role(owned), common, source, owner_id))
    return held


def has_role(user: Any, *roles: Role, unit: Unit | None = None, at: datetime) -> bool:
    """是否持有其中任一角色: over `unit` where one is named, else anywhere."""
    return bool(holding(user, *roles, unit=unit, at=at))


def holding(user: Any, *roles: Role, unit: Unit | None = None, at: datetime) -> list[Authority]:
    """凭什么持有: the authorities that answer `has_role`, one's own first."""
    held = [authority for authority in authorities(user, at) if authority.role in roles]
    if unit is not None and any(authority.unit_id is not None for authority in held):
        scopes = {None, *queries.above(unit)}
        held = [authority for authority in held if authority.unit_id in scopes]
    return sorted(held, key=lambda authority: authority.through_id is not None)


def units_of(user: Any, at: datetime) -> QuerySet[Unit]:
    """所在机构及其下级, by appointment, scoped grant or what is borrowed; never by the administrator's role."""
    scopes = {a.unit_id for a in authorities(user, at) if a.unit_id is not None and a.role != Role.ADMIN}
    return queries.below(scopes).filter(holds_on(day_of(at)))


def stood_in_for(user: User, at: datetime) -> QuerySet[User]:
    """正在替谁履职: the A partners who are away at `at` and whose B this person is."""
    return User.objects.filter(pk__in=_away_partners(user, at).values("a_id"))


def administrators(at: datetime) -> QuerySet[User]:
    """此刻的系统管理员."""
    granted = RoleGrant.objects.filter(holds_on(day_of(at)), role=Role.ADMIN)
    return User.objects.filter(is_active=True, pk__in=granted.values("person_id"))


def away(at: datetime) -> QuerySet[Leave]:
    """此刻离岗的记录."""
    return Leave.objects.filter(starts_at__lte=at, ends_at__gt=at)


def _own(person_ids: Iterable[int], at: datetime) -> QuerySet[Any, Any]:
    day = day_of(at)
    who = {"person__in": list(person_ids), "person__is_active": True}
    appointed = Appointment.objects.filter(holds_on(day), holds_on(day, "unit__"), **who)
    granted = RoleGrant.objects.filter(holds_on(day), **who)
    return _rows(appointed, "person_id", "role", "appointment").union(
        _rows(granted, "person_id", "role", "grant"), all=True
    )


def _lent(user: User, at: datetime) -> QuerySet[Any, Any]:
    return _rows(Delegation.objects.filter(holds_on(day_of(at)), receiver=user), "giver_id", "role", "delegation")


def _stood_in(user: User, at: datetime) -> QuerySet[Any, Any]:
    return _rows(_away_partners(user, at), "a_id", None, "partner")


def _away_partners(user: User, at: datetime) -> QuerySet[Partners]:
    return Partners.objects.filter(holds_on(day_of(at)), b=user, a__in=away(at).values("person_id"))


def _rows(rows: QuerySet[Any], owner: str, role: str | None, source: str) -> QuerySet[Any, Any]:
    text = CharField()
    return rows.order_by().values_list(
        owner, role or Value("", output_field=text), "unit_id", Value(source, output_field=text)
    )


_NOWHERE = 0


def _overlap(one: int | None, other: int | None) -> int | None:
    """The smaller of two scopes where one contains the other."""
    if one is None or other is None or one == other:
        return other if one is None else one
    both = Unit.objects.in_bulk([one, other])
    if other in queries.above(both[one]):
        return one
    return other if one in queries.above(both[other]) else _NOWHERE
