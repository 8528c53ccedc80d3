"""网址: wiring only; each module keeps its own routes."""

from __future__ import annotations

from django.urls import include, path

from xiaoneng.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("accounts/", include("xiaoneng.kernel.organisation.accounts")),
    path("organisation/", include("xiaoneng.kernel.organisation.urls")),
    path("worktime/", include("xiaoneng.kernel.worktime.urls")),
    path("ledger/", include("xiaoneng.kernel.ledger.urls")),
    path("programme/", include("xiaoneng.programme.urls")),
    path("", include("xiaoneng.desk.urls")),
]
