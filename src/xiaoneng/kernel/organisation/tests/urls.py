"""Only what this module offers, on a bare home page: its tests do not depend on the floors above."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def home(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"首页 {request.user}")


urlpatterns = [
    path("accounts/", include("xiaoneng.kernel.organisation.accounts")),
    path("organisation/", include("xiaoneng.kernel.organisation.urls")),
    path("", home),
]
