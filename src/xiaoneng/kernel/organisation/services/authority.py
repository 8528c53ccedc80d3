"""角色的授予与收回, 授权的给出与收回."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from xiaoneng.events import organisation as facts
from xiaoneng.foundation.actors import Actor
from xiaoneng.foundation.refusals import Refused
from xiaoneng.kernel.ledger import api as ledger
from xiaoneng.kernel.organisation import policies
from xiaoneng.kernel.organisation.models import Delegation, Role, RoleGrant, Unit, User
from xiaoneng.kernel.organisation.models.dated import day_of
from xiaoneng.kernel.organisation.services.people import require_another_administrator
from xiaoneng.kernel.organisation.services.units import close, save

LONGEST_DELEGATION = timedelta(days=366)


@transaction.atomic
def grant(
    person: User,
    *,
    role: str,
    unit: Unit | None = None,
    valid_from: date | None = None,
    valid_until: date | None = None,
    reason: str = "",
    actor: Actor,
    at: datetime,
) -> RoleGrant:
    """授予角色, over `unit` and below, or everywhere."""
    start = valid_from or day_of(at)
    if valid_until is not None and valid_until <= start:
        raise Refused("失效日期应晚于生效日期。")
    if Role(role) == Role.ADMIN and unit is not None:
        raise Refused("系统管理员不分机构授予。", remedy="请把范围留空。")
    if not person.is_active:
        raise Refused(f"{person}的账号已停用，不能授予角色。")
    granted = RoleGrant(
        person=person,
        role=Role(role),
        unit=unit,
        valid_from=start,
        valid_until=valid_until,
        reason=reason.strip()[:200],
    )
    save(granted, f"{person}已有该角色。")
    fact = facts.RoleGranted(
        granted.pk,
        person.pk,
        granted.role,
        granted.unit_id,
        start.isoformat(),
        valid_until.isoformat() if valid_until else "",
    )
    ledger.record(fact, actor=actor, at=at, subject=granted)
    return granted


@transaction.atomic
def revoke(granted: RoleGrant, *, actor: Actor, at: datetime) -> RoleGrant:
    """收回角色, at once; the last administrator stays."""
    # All administrators' grants in one order: two of them cannot revoke each other at the same moment.
    list(RoleGrant.objects.select_for_update().filter(role=Role.ADMIN, valid_until=None).order_by("pk"))
    granted = RoleGrant.objects.select_for_update().select_related("person").get(pk=granted.pk)
    end = day_of(at)
    if granted.valid_until is not None and granted.valid_until <= end:
        raise Refused("该角色已经收回或到期。")
    if granted.role == Role.ADMIN:
        require_another_administrator(granted.person, at)
    close(granted, end)
    fact = facts.RoleRevoked(granted.pk, granted.person_id, granted.role, end.isoformat())
    ledger.record(fact, actor=actor, at=at, subject=granted)
    return granted


@transaction.atomic
def delegate(
    *,
    giver: User,
    receiver: User,
    role: str,
    unit: Unit | None,
    valid_from: date,
    valid_until: date,
    reason: str,
    actor: Actor,
    at: datetime,
) -> Delegation:
    """授权: the giver lends a role of his or her own, at most a year at a time, with a reason."""
    policies.may_delegate(giver, receiver, Role(role), unit, at=at).require()
    if not reason.strip():
        raise Refused("请写明授权事由。")
    if valid_from < day_of(at):
        raise Refused("授权不能从过去的日期开始。")
    if valid_until <= valid_from:
        raise Refused("授权的失效日期应晚于生效日期。")
    if valid_until - valid_from > LONGEST_DELEGATION:
        raise Refused("一次授权不超过一年。", remedy="到期后可以再次授权。")
    delegation = Delegation.objects.create(
        giver=giver,
        receiver=receiver,
        role=Role(role),
        unit=unit,
        valid_from=valid_from,
        valid_until=valid_until,
        reason=reason.strip()[:200],
    )
    fact = facts.AuthorityDelegated(
        delegation.pk,
        giver.pk,
        receiver.pk,
        delegation.role,
        delegation.unit_id,
        valid_from.isoformat(),
        valid_until.isoformat(),
    )
    ledger.record(fact, actor=actor, at=at, subject=delegation)
    return delegation


@transaction.atomic
def end_delegation(delegation: Delegation, *, actor: Actor, at: datetime) -> Delegation:
    """收回授权, at once."""
    delegation = Delegation.objects.select_for_update().get(pk=delegation.pk)
    end = day_of(at)
    if delegation.valid_until is not None and delegation.valid_until <= end:
        raise Refused("该授权已经收回或到期。")
    close(delegation, end)
    ledger.record(facts.DelegationEnded(delegation.pk, end.isoformat()), actor=actor, at=at, subject=delegation)
    return delegation
