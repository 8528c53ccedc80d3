"""处室: whose work is where, one office's page."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from xiaoneng.desk import queries
from xiaoneng.kernel.organisation import api as organisation
from xiaoneng.programme import api as programmes
from xiaoneng.programme.api import Filters

PAGE = 30


@organisation.signed_in
@require_safe
def offices(request: HttpRequest) -> HttpResponse:
    """处室一览: every unit with its open and overdue tasks."""
    at = timezone.now()
    rows = queries.offices(request.user, at)
    return render(request, "desk/offices.html", {"rows": rows, "own": queries.own_unit_ids(request.user, at)})


@organisation.signed_in
@require_safe
def office(request: HttpRequest, pk: int) -> HttpResponse:
    """一个处室: its tasks, what presses, what recurs soon."""
    at = timezone.now()
    unit = organisation.units(at).filter(pk=pk).first()
    if unit is None:
        raise Http404
    viewer, after = request.user, _cursor(request)
    filters = Filters(due="overdue") if request.GET.get("due") == "overdue" else Filters()
    tasks = list(programmes.office_tasks(viewer, [unit.pk], filters=filters, after=after, at=at)[: PAGE + 1])
    return render(
        request,
        "desk/office.html",
        {
            "unit": unit,
            "tasks": tasks[:PAGE],
            "next": tasks[PAGE - 1].pk if len(tasks) > PAGE else None,
            "first": after == 0,
            "overdue_only": filters.due == "overdue",
            "upcoming": queries.upcoming(viewer, at, unit_ids=(unit.pk,)),
            "today": timezone.localdate(at),
        },
    )


def _cursor(request: HttpRequest) -> int:
    text = request.GET.get("after", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0
