"""首页: what presses today, how the programme stands, what recurs soon."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from xiaoneng.desk import charts, queries
from xiaoneng.kernel.organisation import api as organisation
from xiaoneng.kernel.organisation.api import Role, User
from xiaoneng.kernel.worktime import api as worktime
from xiaoneng.programme import api as programmes


@organisation.signed_in
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    viewer, today = request.user, timezone.localdate(at)
    assert isinstance(viewer, User)
    seen = programmes.sight(viewer, at)
    calendar = worktime.calendar()
    context = {
        "today": today,
        "day_name": calendar.name(today) or "工作日",
        "units": list(organisation.units_served(viewer, at)),
        "staff": seen.staff,
        "administers": organisation.has_role(viewer, Role.ADMIN, at=at),
        "imports": organisation.has_role(viewer, Role.SUPERVISION, Role.LEADER, at=at),
    }
    programme, _ = queries.current(viewer, None, at)
    if programme is not None:
        progress = queries.progress_by_action(viewer, programme, at)
        context |= {
            "programme": programme,
            "overdue": queries.pressing(viewer, "overdue", at, own=not seen.everything),
            "soon": queries.pressing(viewer, "soon", at, own=not seen.everything),
            "handled": queries.handled(viewer, at),
            "to_confirm": queries.to_confirm(viewer, at),
            "figures": charts.figures(programmes.counts(viewer, programme, at=at), programme),
            "chart": charts.by_action(progress),
            "upcoming": queries.upcoming(viewer, at, unit_ids=() if seen.everything else tuple(seen.unit_ids)),
            "everything": seen.everything,
        }
    return render(request, "desk/home.html", context)
