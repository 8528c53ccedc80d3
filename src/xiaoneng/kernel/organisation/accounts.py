"""登录网址: allauth's pages without those that this system does not offer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path, re_path

from xiaoneng.foundation.refusals import Refused
from xiaoneng.ui import api as ui


def by_the_administrator(request: HttpRequest) -> HttpResponse:
    """不自行办理: accounts are made and passwords reset by the administrator; no mail is sent."""
    refusal = Refused(
        "本系统不开放自行注册，也不通过邮件找回密码。",
        remedy="请联系系统管理员：管理员会给您一个一次性链接，打开后即可自行设置密码。",
    )
    return ui.refused(request, refusal, status=403)


urlpatterns = [
    re_path(r"^(?:signup|email|confirm-email|password/reset|login/code|phone)(?:/.*)?$", by_the_administrator),
    path("", include("allauth.urls")),
]
