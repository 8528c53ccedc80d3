"""导航: where the ledger is entered."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone

from xiaoneng.kernel.ledger import policies
from xiaoneng.ui import api as ui


def offer() -> None:
    """登记导航项."""

    def sees(request: HttpRequest) -> bool:
        return bool(policies.may_see_heads(request.user, timezone.now()))

    ui.add_navigation(ui.Entry("存证台账", "ledger:heads", "ledger", 80, "监督", sees))
