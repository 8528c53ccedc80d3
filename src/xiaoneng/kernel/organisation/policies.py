"""谁可以: who may do what here, each answer with its reason."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from xiaoneng.foundation.refusals import ALLOWED, Answer, denied
from xiaoneng.kernel.organisation.authority import has_role, holding
from xiaoneng.kernel.organisation.models import Delegation, Role, Unit, User
from xiaoneng.kernel.organisation.models.authority import DELEGABLE
from xiaoneng.kernel.organisation.queries import units_served

STAFF = (Role.ADMIN, Role.LEADER, Role.SUPERVISION, Role.HEAD, Role.HANDLER)


def may_see_directory(viewer: Any, *, at: datetime) -> Answer:
    """看机构与人员: everybody in office; an external account sees only itself."""
    return ALLOWED if has_role(viewer, *STAFF, at=at) else denied("机构与人员信息只对在职人员开放。")


def may_administer(viewer: Any, *, at: datetime) -> Answer:
    """管理机构与账号: the administrator, in person."""
    own = [held for held in holding(viewer, Role.ADMIN, at=at) if held.through_id is None]
    return ALLOWED if own else denied("只有系统管理员可以管理机构、账号和角色。")


def may_grant(viewer: Any, person: User, *, at: datetime) -> Answer:
    """授予角色: the administrator, to anybody but himself or herself."""
    answer = may_administer(viewer, at=at)
    if answer and viewer.pk == person.pk:
        return denied("不能给自己授予角色，请由另一名系统管理员办理。")
    return answer


def may_name_partners(viewer: Any, unit: Unit, *, at: datetime) -> Answer:
    """设定 AB 角: the head of the unit, or the administrator."""
    if has_role(viewer, Role.HEAD, unit=unit, at=at) or may_administer(viewer, at=at):
        return ALLOWED
    return denied(f"只有“{unit.name}”的负责人或系统管理员可以设定 AB 角。")


def may_record_leave(viewer: Any, person: User, *, at: datetime) -> Answer:
    """登记离岗: oneself, the head of one's unit, or the administrator."""
    if viewer.pk == person.pk or may_administer(viewer, at=at):
        return ALLOWED
    if any(has_role(viewer, Role.HEAD, unit=unit, at=at) for unit in units_served(person, at)):
        return ALLOWED
    return denied("只能登记本人的离岗，或由所在处室负责人代为登记。")


def may_delegate(giver: User, receiver: User, role: Role, unit: Unit | None, *, at: datetime) -> Answer:
    """授权: what one holds in one's own right, to another active colleague."""
    if giver.pk == receiver.pk:
        return denied("不能授权给自己。")
    if not receiver.is_active:
        return denied(f"{receiver}的账号已停用，不能接受授权。")
    if role not in DELEGABLE:
        return denied(f"“{role.label}”不能授权他人代行。")
    if not any(held.through_id is None for held in holding(giver, role, unit=unit, at=at)):
        return denied("只能授出本人在该范围内持有的角色；受权得来的角色不能转授。")
    return ALLOWED


def may_end_delegation(viewer: Any, delegation: Delegation, *, at: datetime) -> Answer:
    """收回授权: whoever gave it, or the administrator."""
    if viewer.pk == delegation.giver_id or may_administer(viewer, at=at):
        return ALLOWED
    return denied("只有授权人本人或系统管理员可以收回授权。")
