"""界面之门: what other modules may use of the pages' common parts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from xiaoneng.foundation.refusals import Conflict, Refused, Unreadable
from xiaoneng.ui.bundle import bundle
from xiaoneng.ui.charts import TONES, Category, Series, StackedBars
from xiaoneng.ui.icons import icon
from xiaoneng.ui.navigation import ACCOUNT, Entry, set_search
from xiaoneng.ui.navigation import add as add_navigation

__all__ = [
    "ACCOUNT",
    "TONES",
    "Category",
    "Entry",
    "Series",
    "StackedBars",
    "add_navigation",
    "bundle_state",
    "has_bundle",
    "icon",
    "refused",
    "set_search",
]


def refused(request: HttpRequest, refusal: Refused, status: int | None = None) -> HttpResponse:
    """拒绝页: the refusal with its reason, basis and remedy; for htmx only the notice itself.

    `status` defaults to 409 for `Conflict`, 422 for `Unreadable`, else 403.
    """
    if status is None:
        status = 409 if isinstance(refusal, Conflict) else 422 if isinstance(refusal, Unreadable) else 403
    partial = getattr(request, "htmx", False) and not request.htmx.boosted  # type: ignore[attr-defined]
    template = "ui/refusal.html" if partial else "ui/refused.html"
    return render(request, template, {"refusal": refusal}, status=status)


def has_bundle() -> bool:
    """是否有组件包."""
    return bundle() is not None


def bundle_state() -> tuple[bool, str]:
    """组件包状态: whether it is there, and a sentence about it."""
    if has_bundle():
        return True, "Tabler 与 ECharts 已构建，图表可交互"
    return False, "未构建 Tabler 与 ECharts：使用自带样式，图表为静态图形并附数据表"
