"""导航: where the organisation's pages are entered."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone

from xiaoneng.kernel.organisation import policies
from xiaoneng.ui import api as ui


def sees_directory(request: HttpRequest) -> bool:
    return bool(policies.may_see_directory(request.user, at=timezone.now()))


def administers(request: HttpRequest) -> bool:
    return bool(policies.may_administer(request.user, at=timezone.now()))


def signed_in(request: HttpRequest) -> bool:
    return request.user.is_authenticated


def offer() -> None:
    """登记导航项."""
    ui.add_navigation(ui.Entry("机构", "organisation:tree", "building", 70, "机构与人员", sees_directory))
    ui.add_navigation(ui.Entry("人员", "organisation:people", "users", 71, "机构与人员", sees_directory))
    ui.add_navigation(ui.Entry("角色授予", "organisation:roles", "shield", 72, "机构与人员", administers))
    ui.add_navigation(ui.Entry("我的账号", "organisation:me", "user", 90, ui.ACCOUNT, signed_in))
