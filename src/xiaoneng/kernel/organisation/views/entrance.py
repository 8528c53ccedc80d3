"""进门页面: first link, invitation, password."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from xiaoneng.foundation.refusals import Refused
from xiaoneng.kernel.organisation.access import signed_in
from xiaoneng.kernel.organisation.actors import actor_of
from xiaoneng.kernel.organisation.forms import PasswordForm
from xiaoneng.kernel.organisation.models import Purpose, User
from xiaoneng.kernel.organisation.services import access
from xiaoneng.kernel.organisation.views.common import form_page
from xiaoneng.ui import api as ui

_INVITING = (Purpose.INVITATION, Purpose.RESET)


@never_cache
@require_http_methods(["GET"])
def first(request: HttpRequest, token: str) -> HttpResponse:
    """首次登录: from this machine only; signs in and asks for a password before anything else."""
    if not access.is_local(request.META):
        refusal = Refused(
            "首次登录链接只能在服务器本机打开。",
            remedy="请在服务器上打开该链接；如需从其他电脑登录，请先在本机设置密码，再用用户名和密码登录。",
        )
        return ui.refused(request, refusal, status=403)
    try:
        person = access.enter_first(token, at=timezone.now())
    except Refused as refusal:
        return ui.refused(request, refusal, status=403)
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return redirect(settings.LOGIN_REDIRECT_URL)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """邀请、重设密码: looking changes nothing; setting the password uses the link up."""
    try:
        link = access.find_link(token, purposes=_INVITING, at=timezone.now())
    except Refused as refusal:
        return ui.refused(request, refusal, status=403)

    def act(values: dict[str, Any]) -> str:
        access.accept_invitation(token, password=values["password1"], at=timezone.now())
        return reverse("account_login")

    return form_page(
        request,
        PasswordForm,
        act,
        title="设置密码",
        intro=f"{link.person.name}，您的用户名是 {link.person.username}。请设置密码，然后用它登录。",
        done="密码已设置，请登录。",
        back=reverse("account_login"),
        template="organisation/bare_form.html",
    )


@never_cache
@sensitive_post_parameters()
@signed_in
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """先设密码: for whoever came in without one."""
    person = request.user
    assert isinstance(person, User)
    if not person.must_set_password:
        return redirect("account_change_password")

    def act(values: dict[str, Any]) -> HttpResponse:
        access.set_password(person, password=values["password1"], actor=actor_of(person), at=timezone.now())
        update_session_auth_hash(request, person)
        messages.success(request, f"密码已设置。今后请用用户名 {person.username} 和该密码登录。")
        return redirect(settings.LOGIN_REDIRECT_URL)

    return form_page(
        request,
        PasswordForm,
        act,
        title="设置管理员密码",
        intro=f"系统已启动，您已登录为 {person.username}。使用前请先设置密码。"
        "本账号为系统管理员；全新安装时还持有“督查”角色，以便查看所启动的方案，可随时在“角色授予”中收回。",
        button="设置密码并进入",
        back=reverse("account_logout"),
        template="organisation/bare_form.html",
    )
