"""先设密码、一页一查: a password before anything else; one look-up of roles for each page that is only looked at."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from xiaoneng.kernel.organisation.models import User


class PasswordFirst:
    """先设密码: every page leads to the password page until there is one; signing out stays possible."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if getattr(request.user, "must_set_password", False):
            page = reverse("organisation:password")
            if request.path not in (page, reverse("account_logout")):
                return redirect(page)
        return self.get_response(request)


class OneLook:
    """一页一查: the viewer's roles are looked up once for a page; a request that writes looks every time."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method in ("GET", "HEAD") and isinstance(request.user, User):
            request.user.remembered = []
        return self.get_response(request)
