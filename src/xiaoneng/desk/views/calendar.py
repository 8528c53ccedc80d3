"""年历与日历订阅: what recurs, on which days of the year, as a page and for a calendar program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from xiaoneng.desk import feeds, queries, services
from xiaoneng.desk.forms import YearForm
from xiaoneng.desk.models import CalendarFeed
from xiaoneng.kernel.organisation import api as organisation
from xiaoneng.kernel.organisation.api import User
from xiaoneng.kernel.worktime import api as worktime
from xiaoneng.programme.api import Occurrence, Task

NEW_ADDRESS = "desk_new_feed"
MONTHS = tuple(range(1, 13))


@organisation.signed_in
@never_cache
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """年历 page of one year, with the address of one's own feed right after it was made."""
    at = timezone.now()
    today = timezone.localdate(at)
    form = YearForm({"year": today.year, **request.GET.dict()}, units=queries.units(at))
    context = {"form": form, "today": today, "months": MONTHS, "scopes": CalendarFeed.Scope.choices}
    if form.is_valid():
        number = form.cleaned_data["year"] or today.year
        unit = form.cleaned_data["unit"]
        days = worktime.calendar()
        context |= {
            "number": number,
            "unit": unit,
            "year": queries.year(request.user, number, (int(unit),) if unit else (), days, at),
            "provisional": number not in days.covered,
        }
    assert isinstance(request.user, User)
    context["feed"] = CalendarFeed.objects.filter(person=request.user, revoked_at=None).first()
    if token := request.session.pop(NEW_ADDRESS, ""):
        context["address"] = request.build_absolute_uri(reverse("desk:feed", args=[token]))
    return render(request, "desk/calendar.html", context, status=200 if form.is_valid() else 400)


@organisation.signed_in
@require_POST
def issue(request: HttpRequest) -> HttpResponse:
    """生成订阅地址, shown once on the page that follows."""
    assert isinstance(request.user, User)
    own = request.POST.get("scope") != CalendarFeed.Scope.ALL
    scope = CalendarFeed.Scope.OWN if own else CalendarFeed.Scope.ALL
    _, request.session[NEW_ADDRESS] = services.issue_feed(request.user, scope=scope, at=timezone.now())
    return redirect(reverse("desk:calendar") + "#feed")


@organisation.signed_in
@require_POST
def revoke(request: HttpRequest) -> HttpResponse:
    """停用订阅地址."""
    assert isinstance(request.user, User)
    services.revoke_feed(request.user, at=timezone.now())
    return redirect(reverse("desk:calendar") + "#feed")


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """日历文件 for whoever holds the address: what its owner may see at this moment; none of a closed account."""
    at = timezone.now()
    found = (
        CalendarFeed.objects.select_related("person")
        .filter(digest=services.digest(token), revoked_at=None, person__is_active=True)
        .first()
    )
    if found is None:
        raise Http404
    duties, tasks = queries.feed_entries(found.person, own=found.scope == CalendarFeed.Scope.OWN, at=at)
    entries = [*_duties(request, duties), *_deadlines(request, tasks)]
    body = feeds.as_calendar(entries, name=f"效能·{found.get_scope_display()}", at=found.issued_at)
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "private, max-age=900"
    answer["X-Robots-Tag"] = "noindex"
    answer["Content-Disposition"] = 'inline; filename="xiaoneng.ics"'
    return answer


def _duties(request: HttpRequest, duties: Iterable[Occurrence]) -> Iterator[feeds.Entry]:
    board = request.build_absolute_uri(reverse("desk:board"))
    for duty in duties:
        cadence, task = duty.cadence, duty.cadence.task
        url = request.build_absolute_uri(reverse("programme:task", args=[task.pk])) if task else board
        told = f"{task.number}. {task.title}" if task else cadence.programme.title
        yield feeds.Entry(f"cadence-{cadence.pk}-{duty.on:%Y%m%d}@xiaoneng", duty.on, cadence.text, told, url)


def _deadlines(request: HttpRequest, tasks: Iterable[Task]) -> Iterator[feeds.Entry]:
    for task in tasks:
        assert task.deadline is not None
        url = request.build_absolute_uri(reverse("programme:task", args=[task.pk]))
        summary = f"到期：{task.title[:60]}"
        yield feeds.Entry(f"task-{task.pk}@xiaoneng", task.deadline, summary, f"{task.number}. {task.title}", url)
