"""登录锁定: what somebody is told who has failed too often, and who counts as the same somebody."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from xiaoneng.foundation.refusals import Refused
from xiaoneng.ui import api as ui


def locked_out(
    request: HttpRequest, _response: HttpResponse | None, _credentials: dict[str, Any] | None
) -> HttpResponse:
    """锁定页: why, for how long, whom to ask."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    refusal = Refused(
        f"连续 {settings.AXES_FAILURE_LIMIT} 次登录失败，该用户名已在此设备上锁定 {minutes} 分钟。",
        remedy="请稍后再试；忘记密码的，请联系系统管理员签发重设密码的一次性链接。",
    )
    return ui.refused(request, refusal, status=429)


def username(request: HttpRequest | None, credentials: dict[str, Any] | None) -> str:
    """用户名, in one spelling: changing capitals buys no further guesses."""
    given = (credentials or {}).get("username") or (request.POST.get("login") if request else "") or ""
    return str(given).strip().lower()[:150]


def address(request: HttpRequest) -> str:
    """来源地址, as the connection says; headers that anybody can write do not count."""
    return str(request.META.get("REMOTE_ADDR", ""))
