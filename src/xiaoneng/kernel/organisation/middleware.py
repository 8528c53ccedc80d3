"""先设密码: whoever came in by the first link sets a password before anything else."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse


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
