"""进门: view decorators that let in who is signed in, and who holds a role."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from xiaoneng.foundation.refusals import Refused
from xiaoneng.kernel.organisation.authority import has_role
from xiaoneng.kernel.organisation.models import Role
from xiaoneng.ui import api as ui

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def signed_in(view: View) -> View:
    """须登录: strangers are sent to the sign-in page and come back afterwards."""
    return login_required(view)


def require_roles(*roles: Role) -> Callable[[View], View]:
    """须持有其中任一角色, of one's own or borrowed, anywhere; else a page that says why not."""

    def decorate(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if has_role(request.user, *roles, at=timezone.now()):
                return view(request, *args, **kwargs)
            wanted = "、".join(role.label for role in roles)
            refusal = Refused(f"此页面只对以下角色开放：{wanted}。", remedy="如需使用，请联系系统管理员。")
            return ui.refused(request, refusal, status=403)

        return cast(View, login_required(inner))

    return decorate
