"""机构树、机构、人员、我的账号: pages to look at."""

from __future__ import annotations

from datetime import datetime

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from xiaoneng.kernel.organisation import policies, queries
from xiaoneng.kernel.organisation.access import require_roles, signed_in
from xiaoneng.kernel.organisation.authority import authorities, away, stood_in_for
from xiaoneng.kernel.organisation.forms import AliasForm, TreeDateForm
from xiaoneng.kernel.organisation.models import Appointment, Delegation, Kind, Leave, Partners, Role, Unit, User
from xiaoneng.kernel.organisation.models.dated import day_of, holds_on

directory = require_roles(*policies.STAFF)


@require_safe
@directory
def tree(request: HttpRequest) -> HttpResponse:
    """机构树, of today or of any day."""
    at = timezone.now()
    today = day_of(at)
    form = TreeDateForm(request.GET)
    day = form.day(today)
    context = {
        "branches": queries.tree(day).branches(),
        "day": day,
        "form": TreeDateForm(initial={"on": day}),
        "past": day != today,
        "kinds": dict(Kind.choices),
        "may_administer": policies.may_administer(request.user, at=at),
    }
    return render(request, "organisation/tree.html", context)


@require_safe
@directory
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """机构: its people, posts, AB partners, names."""
    at = timezone.now()
    day = day_of(at)
    unit = get_object_or_404(Unit.objects.select_related("parent"), pk=pk)
    serving = Appointment.objects.filter(holds_on(day), unit=unit).select_related("person", "post")
    context = {
        "unit": unit,
        "day": day,
        "path": queries.tree(day).path(unit.pk)[:-1],
        "children": queries.units(at).filter(parent=unit),
        "appointments": serving.order_by("role", "valid_from"),
        "away": set(away(at).values_list("person_id", flat=True)),
        "posts": unit.posts.filter(holds_on(day)),
        "partners": Partners.objects.filter(holds_on(day), unit=unit).select_related("a", "b"),
        "aliases": unit.aliases.all(),
        "former": unit.former.select_related("parent"),
        "alias_form": AliasForm(),
        "may_administer": policies.may_administer(request.user, at=at),
        "may_name_partners": policies.may_name_partners(request.user, unit, at=at),
    }
    return render(request, "organisation/unit.html", context)


@require_safe
@directory
def people(request: HttpRequest) -> HttpResponse:
    """人员名册, found by name, user name or unit."""
    at = timezone.now()
    found = User.objects.order_by("-is_active", "name", "id")
    words = request.GET.get("q", "").strip()[:60]
    if words:
        serving = Appointment.objects.filter(holds_on(day_of(at)), unit__name__icontains=words)
        found = found.filter(
            Q(name__icontains=words) | Q(username__icontains=words) | Q(pk__in=serving.values("person_id"))
        )
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    names = queries.display_names(f"person:{person.pk}" for person in page)
    context = {
        "page": page,
        "rows": [(person, names[f"person:{person.pk}"]) for person in page],
        "words": words,
        "may_administer": policies.may_administer(request.user, at=at),
    }
    return render(request, "organisation/people.html", context)


@require_safe
@directory
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """人员: where somebody serves, with which roles, and who stands in."""
    return _profile(request, get_object_or_404(User, pk=pk))


@require_safe
@signed_in
def me(request: HttpRequest) -> HttpResponse:
    """我的账号: one's own profile, open to everybody who is signed in."""
    assert isinstance(request.user, User)
    return _profile(request, request.user)


def _profile(request: HttpRequest, person: User) -> HttpResponse:
    at = timezone.now()
    held = authorities(person, at)
    units = Unit.objects.in_bulk({authority.unit_id for authority in held if authority.unit_id})
    through = User.objects.in_bulk({authority.through_id for authority in held if authority.through_id})
    mine = request.user.pk == person.pk
    context = {
        "person": person,
        "mine": mine,
        "appointments": person.appointments.select_related("unit", "post"),
        "day": day_of(at),
        "roles": [
            (a.role.label, units.get(a.unit_id or 0), _SOURCES[a.source], through.get(a.through_id or 0)) for a in held
        ],
        "partners": _pairs(person, at),
        "leaves": Leave.objects.filter(person=person, ends_at__gt=at).order_by("starts_at"),
        "standing_in": stood_in_for(person, at),
        "given": Delegation.objects.filter(giver=person, valid_until__gt=day_of(at)).select_related("receiver", "unit"),
        "held": Delegation.objects.filter(receiver=person, valid_until__gt=day_of(at)).select_related("giver", "unit"),
        "may_administer": policies.may_administer(request.user, at=at),
        "may_record_leave": policies.may_record_leave(request.user, person, at=at),
        "may_delegate": mine and any(a.through_id is None and a.role != Role.ADMIN for a in held),
    }
    return render(request, "organisation/person.html", context)


_SOURCES = {"appointment": "任职", "grant": "授予", "delegation": "受权", "partner": "代 A 角履职"}


def _pairs(person: User, at: datetime) -> QuerySet[Partners]:
    pairs = Partners.objects.filter(Q(a=person) | Q(b=person), holds_on(day_of(at)))
    return pairs.select_related("unit", "a", "b")
