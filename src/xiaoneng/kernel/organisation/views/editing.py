"""机构、岗位、任职、AB 角: pages that change the organisation."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from xiaoneng.kernel.organisation import forms, policies
from xiaoneng.kernel.organisation.access import require_roles, signed_in
from xiaoneng.kernel.organisation.actors import actor_of
from xiaoneng.kernel.organisation.models import Appointment, Partners, Post, Role, Unit, User
from xiaoneng.kernel.organisation.services import people, units
from xiaoneng.kernel.organisation.views.common import form_page, no, press

administrator = require_roles(Role.ADMIN)
form_methods = require_http_methods(["GET", "HEAD", "POST"])


@form_methods
@administrator
def new_unit(request: HttpRequest) -> HttpResponse:
    """设立机构."""
    at = timezone.now()

    def act(values: dict[str, Any]) -> str:
        made = units.create_unit(**values, actor=actor_of(request.user), at=at)
        return reverse("organisation:unit", args=[made.pk])

    parent = request.GET.get("parent", "")
    make = partial(forms.UnitForm, at=at, initial={"parent": parent if parent.isascii() and parent.isdigit() else None})
    return form_page(request, make, act, title="设立机构", back=reverse("organisation:tree"), done="机构已设立。")


@form_methods
@administrator
def edit_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """变更机构."""
    at, unit = timezone.now(), get_object_or_404(Unit, pk=pk)
    back = reverse("organisation:unit", args=[pk])

    def act(values: dict[str, Any]) -> str:
        units.change_unit(unit, **values, actor=actor_of(request.user), at=at)
        return back

    initial = {"name": unit.name, "kind": unit.kind, "parent": unit.parent_id, "order": unit.order}
    intro = "改名或调整上级后，原状态保留在历史中，原名称自动登记为别名。"
    make = partial(forms.UnitForm, at=at, initial=initial)
    return form_page(request, make, act, title=f"变更 {unit.name}", back=back, intro=intro)


@require_POST
@administrator
def end_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """撤销机构."""
    unit = get_object_or_404(Unit, pk=pk)
    act = partial(units.end_unit, unit, actor=actor_of(request.user), at=timezone.now())
    return press(request, act, back=reverse("organisation:tree"), done=f"“{unit.name}”已撤销，自今日起生效。")


@require_POST
@administrator
def add_alias(request: HttpRequest, pk: int) -> HttpResponse:
    """登记别名."""
    unit, back = get_object_or_404(Unit, pk=pk), reverse("organisation:unit", args=[pk])
    name = request.POST.get("name", "")[:200]
    act = partial(units.add_alias, unit, name=name, actor=actor_of(request.user), at=timezone.now())
    return press(request, act, back=back, done="别名已登记。")


@form_methods
@administrator
def new_post(request: HttpRequest, pk: int) -> HttpResponse:
    """设置岗位."""
    unit, back = get_object_or_404(Unit, pk=pk), reverse("organisation:unit", args=[pk])

    def act(values: dict[str, Any]) -> str:
        units.create_post(unit, **values, actor=actor_of(request.user), at=timezone.now())
        return back

    return form_page(request, forms.PostForm, act, title=f"{unit.name}：设置岗位", back=back, done="岗位已设置。")


@form_methods
@administrator
def edit_post(request: HttpRequest, pk: int) -> HttpResponse:
    """变更岗位."""
    post = get_object_or_404(Post.objects.select_related("unit"), pk=pk)
    back = reverse("organisation:unit", args=[post.unit_id])

    def act(values: dict[str, Any]) -> str:
        units.change_post(post, **values, actor=actor_of(request.user), at=timezone.now())
        return back

    make = partial(forms.PostForm, initial={"name": post.name, "single": post.single, "duties": post.duties})
    return form_page(request, make, act, title=f"变更岗位 {post.name}", back=back)


@form_methods
@administrator
def appoint(request: HttpRequest, pk: int) -> HttpResponse:
    """任职."""
    at, person = timezone.now(), get_object_or_404(User, pk=pk)
    back = reverse("organisation:person", args=[pk])

    def act(values: dict[str, Any]) -> str:
        people.appoint(person, **values, actor=actor_of(request.user), at=at)
        return back

    make = partial(forms.AppointmentForm, at=at)
    return form_page(request, make, act, title=f"{person}：任职", back=back, done="任职已登记。")


@require_POST
@administrator
def end_appointment(request: HttpRequest, pk: int) -> HttpResponse:
    """结束任职."""
    appointment = get_object_or_404(Appointment, pk=pk)
    act = partial(people.end_appointment, appointment, actor=actor_of(request.user), at=timezone.now())
    back = reverse("organisation:person", args=[appointment.person_id])
    return press(request, act, back=back, done="任职已结束，自今日起生效。")


@form_methods
@signed_in
def name_partners(request: HttpRequest, pk: int) -> HttpResponse:
    """设定 AB 角."""
    at, unit = timezone.now(), get_object_or_404(Unit, pk=pk)
    answer = policies.may_name_partners(request.user, unit, at=at)
    if not answer:
        return no(request, answer)
    back = reverse("organisation:unit", args=[pk])

    def act(values: dict[str, Any]) -> str:
        people.name_partners(unit=unit, **values, actor=actor_of(request.user), at=at)
        return back

    intro = "A 角离岗期间，由 B 角代行其在本机构的职责；两人不能同时离岗。"
    make = partial(forms.PartnersForm, unit=unit, at=at)
    return form_page(request, make, act, title=f"{unit.name}：设定 AB 角", back=back, intro=intro, done="AB 角已设定。")


@require_POST
@signed_in
def end_partners(request: HttpRequest, pk: int) -> HttpResponse:
    """解除 AB 角."""
    at = timezone.now()
    pair = get_object_or_404(Partners.objects.select_related("unit"), pk=pk)
    answer = policies.may_name_partners(request.user, pair.unit, at=at)
    if not answer:
        return no(request, answer)
    act = partial(people.end_partners, pair, actor=actor_of(request.user), at=at)
    return press(request, act, back=reverse("organisation:unit", args=[pair.unit_id]), done="AB 角已解除。")
