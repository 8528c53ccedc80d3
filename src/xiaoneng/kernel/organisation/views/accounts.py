"""账号、角色、离岗、授权: who may come in, as what, and who stands in."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from xiaoneng.foundation.refusals import Refused
from xiaoneng.kernel.organisation import forms, policies
from xiaoneng.kernel.organisation.access import signed_in
from xiaoneng.kernel.organisation.actors import actor_of
from xiaoneng.kernel.organisation.authority import authorities
from xiaoneng.kernel.organisation.models import Delegation, Leave, RoleGrant, User
from xiaoneng.kernel.organisation.models.dated import day_of, holds_on
from xiaoneng.kernel.organisation.services import access, authority, people
from xiaoneng.kernel.organisation.views.common import form_page, no, press
from xiaoneng.kernel.organisation.views.editing import administrator, form_methods
from xiaoneng.ui import api as ui


@form_methods
@administrator
def new_person(request: HttpRequest) -> HttpResponse:
    """登记人员."""

    def act(values: dict[str, Any]) -> str:
        made = people.add_person(**values, actor=actor_of(request.user), at=timezone.now())
        return reverse("organisation:person", args=[made.pk])

    intro = "登记后账号还不能登录：请在人员页面登记任职，并签发邀请链接。"
    back = reverse("organisation:people")
    return form_page(request, forms.PersonForm, act, title="登记人员", back=back, intro=intro, done="人员已登记。")


@form_methods
@administrator
def edit_person(request: HttpRequest, pk: int) -> HttpResponse:
    """变更人员信息."""
    person, back = get_object_or_404(User, pk=pk), reverse("organisation:person", args=[pk])

    def act(values: dict[str, Any]) -> str:
        people.change_person(person, **values, actor=actor_of(request.user), at=timezone.now())
        return back

    initial = {"name": person.name, "email": person.email, "active": person.is_active}
    return form_page(request, partial(forms.PersonEditForm, initial=initial), act, title=f"变更 {person}", back=back)


@never_cache
@require_POST
@administrator
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """签发邀请或重设密码的链接: shown once, to be handed over by the administrator."""
    at, person = timezone.now(), get_object_or_404(User, pk=pk)
    try:
        path = access.invite(person, actor=actor_of(request.user), at=at)
    except Refused as refusal:
        return ui.refused(request, refusal)
    return render(request, "organisation/invited.html", {"person": person, "link": request.build_absolute_uri(path)})


@require_safe
@administrator
def roles(request: HttpRequest) -> HttpResponse:
    """角色授予: who holds which role over what."""
    at = timezone.now()
    grants = RoleGrant.objects.select_related("person", "unit").order_by("role", "person__name", "id")
    current = grants.filter(holds_on(day_of(at)))
    later = grants.filter(valid_from__gt=day_of(at))
    return render(request, "organisation/roles.html", {"grants": current, "later": later})


@form_methods
@administrator
def grant(request: HttpRequest) -> HttpResponse:
    """授予角色."""
    at = timezone.now()

    def act(values: dict[str, Any]) -> str:
        policies.may_grant(request.user, values["person"], at=at).require()
        authority.grant(values.pop("person"), **values, actor=actor_of(request.user), at=at)
        return reverse("organisation:roles")

    intro = "任职已经带来的角色不必另行授予。不能给自己授予角色。"
    make = partial(forms.GrantForm, at=at)
    back = reverse("organisation:roles")
    return form_page(request, make, act, title="授予角色", back=back, intro=intro, button="授予", done="角色已授予。")


@require_POST
@administrator
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """收回角色."""
    granted = get_object_or_404(RoleGrant, pk=pk)
    act = partial(authority.revoke, granted, actor=actor_of(request.user), at=timezone.now())
    return press(request, act, back=reverse("organisation:roles"), done="角色已收回，即时生效。")


@form_methods
@signed_in
def record_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """登记离岗."""
    at, person = timezone.now(), get_object_or_404(User, pk=pk)
    answer = policies.may_record_leave(request.user, person, at=at)
    if not answer:
        return no(request, answer)
    back = _profile(request, pk)

    def act(values: dict[str, Any]) -> str:
        people.record_leave(person, **values, actor=actor_of(request.user), at=at)
        return back

    intro = "离岗期间由 B 角代行职责；互为 AB 角的两人不能同时离岗。"
    return form_page(
        request, forms.LeaveForm, act, title=f"{person}：登记离岗", back=back, intro=intro, done="离岗已登记。"
    )


@require_POST
@signed_in
def end_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """销假."""
    at = timezone.now()
    leave = get_object_or_404(Leave.objects.select_related("person"), pk=pk)
    answer = policies.may_record_leave(request.user, leave.person, at=at)
    if not answer:
        return no(request, answer)
    act = partial(people.end_leave, leave, actor=actor_of(request.user), at=at)
    return press(request, act, back=_profile(request, leave.person_id), done="已销假。")


@form_methods
@signed_in
def delegate(request: HttpRequest) -> HttpResponse:
    """授权: one lends one's own role."""
    at, giver = timezone.now(), request.user
    assert isinstance(giver, User)

    def act(values: dict[str, Any]) -> str:
        authority.delegate(giver=giver, **values, actor=actor_of(giver), at=at)
        return reverse("organisation:me")

    own = {held.role for held in authorities(giver, at) if held.through_id is None}
    intro = "授出的角色在期限内由被授权人代行，您仍然持有；可随时收回，不能转授，一次不超过一年。"
    make = partial(forms.DelegationForm, giver=giver, roles=own, at=at)
    back = reverse("organisation:me")
    return form_page(request, make, act, title="授权", back=back, intro=intro, button="授权", done="授权已生效。")


@require_POST
@signed_in
def end_delegation(request: HttpRequest, pk: int) -> HttpResponse:
    """收回授权."""
    at, delegation = timezone.now(), get_object_or_404(Delegation, pk=pk)
    answer = policies.may_end_delegation(request.user, delegation, at=at)
    if not answer:
        return no(request, answer)
    act = partial(authority.end_delegation, delegation, actor=actor_of(request.user), at=at)
    return press(request, act, back=_profile(request, delegation.giver_id), done="授权已收回，即时生效。")


def _profile(request: HttpRequest, pk: int) -> str:
    return reverse("organisation:me") if request.user.pk == pk else reverse("organisation:person", args=[pk])
