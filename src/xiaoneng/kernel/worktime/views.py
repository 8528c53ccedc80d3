"""页面: the years, one year, and the entry of a notice with its preview."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from xiaoneng.foundation.refusals import Refused
from xiaoneng.kernel.organisation import api as organisation
from xiaoneng.kernel.worktime import policies, queries, services
from xiaoneng.kernel.worktime.forms import NoticeForm
from xiaoneng.kernel.worktime.months import year_of
from xiaoneng.ui import api as ui

AHEAD = 2
FIRST, LAST = 1949, 2199


@require_safe
@organisation.signed_in
def index(request: HttpRequest) -> HttpResponse:
    """各年: covered or provisional, with their notices."""
    at = timezone.now()
    calendar = queries.calendar()
    last = max(calendar.covered | {timezone.localdate(at).year}) + AHEAD
    years = [
        {
            "year": year,
            "notice": calendar.notice_of(year),
            "provisional": year not in calendar.covered,
            "working": sum(month.working for month in year_of(calendar, year)),
        }
        for year in range(last, min(calendar.covered, default=last) - 1, -1)
    ]
    context = {
        "years": years,
        "version": queries.current_version(),
        "entered": queries.entered_notices(),
        "may_import": policies.may_import(request.user, at=at),
    }
    return render(request, "worktime/index.html", context)


@require_safe
@organisation.signed_in
def year(request: HttpRequest, number: int) -> HttpResponse:
    """一年的月历."""
    if not FIRST <= number <= LAST:
        raise Http404
    calendar = queries.calendar()
    months = year_of(calendar, number)
    context = {
        "year": number,
        "months": months,
        "working": sum(month.working for month in months),
        "notice": calendar.notice_of(number),
        "provisional": number not in calendar.covered,
        "before": number - 1 if number > FIRST else None,
        "after": number + 1 if number < LAST else None,
    }
    return render(request, "worktime/year.html", context)


@require_http_methods(["GET", "POST"])
@organisation.require_roles(*policies.EDITORS)
def enter(request: HttpRequest) -> HttpResponse:
    """录入通知: text → preview → confirm. The text travels through the form; nothing is kept before the confirm."""
    if request.method == "GET":
        return render(request, "worktime/enter.html", {"form": NoticeForm()})
    form = NoticeForm(request.POST)
    if not form.is_valid():
        return render(request, "worktime/enter.html", {"form": form}, status=422)
    given = form.cleaned_data
    try:
        if "confirm" in request.POST:
            return _confirm(request, given)
        preview = services.preview_notice(text=given["text"], year=given["year"])
    except Refused as refusal:
        form.add_error("text", str(refusal))
        return render(request, "worktime/enter.html", {"form": form}, status=422)
    hidden = NoticeForm(initial={**given, "version": preview.version})
    context = {
        "form": hidden,
        "preview": preview,
        "changed": [(day, preview.after.is_working(day)) for day in preview.changed],
    }
    return render(request, "worktime/preview.html", context, status=422 if preview.parsed.problems else 200)


def _confirm(request: HttpRequest, given: dict[str, Any]) -> HttpResponse:
    try:
        entered = services.import_notice(
            text=given["text"],
            year=given["year"],
            expected_version=given["version"],
            actor=organisation.actor_of(request.user),
            at=timezone.now(),
        )
    except Refused as refusal:
        return ui.refused(request, refusal)
    messages.success(
        request, f"已录入《{entered.title}》，工作日历更新为第 {entered.version} 版，涉及的期限将重新计算。"
    )
    return redirect("worktime:year", number=entered.year)
