"""Who holds what: personas, scopes, delegation, partners."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from xiaoneng.foundation.actors import SYSTEM
from xiaoneng.foundation.refusals import Refused
from xiaoneng.kernel.organisation import api as organisation
from xiaoneng.kernel.organisation.api import Role
from xiaoneng.kernel.organisation.models import Appointment
from xiaoneng.kernel.organisation.services import authority, people
from xiaoneng.kernel.organisation.testing import NOW, Office

# persona → roles held over 综合一处
HELD = {
    "承办人": {Role.HANDLER},
    "审核人": {Role.HEAD},
    "局外人": set(),
    "领导": {Role.LEADER},
    "督查": {Role.SUPERVISION},
    "管理员": {Role.ADMIN},
    "公众": set(),
}


@pytest.mark.parametrize("persona", HELD)
def test_roles_over_a_unit(office: Office, persona: str) -> None:
    unit, person = office.units["综合一处"], office.personas[persona]
    assert {role for role in Role if organisation.has_role(person, role, unit=unit, at=NOW)} == HELD[persona]


def test_units_of_a_person_are_his_own_and_below(office: Office) -> None:
    assert list(organisation.units_of(office.handler, NOW)) == [office.units["综合一处"]]
    below = set(organisation.units_of(office.leader, NOW))
    assert office.root in below
    assert office.units["综合六处"] in below
    assert office.units["云溪市财政局"] not in below
    assert not organisation.units_of(office.admin, NOW)


def test_a_closed_account_holds_nothing(office: Office) -> None:
    person = people.change_person(office.handler, name="张承办", email="", active=False, actor=SYSTEM, at=NOW)
    assert organisation.roles_of(person, NOW) == []


def test_an_ended_appointment_ends_its_role_the_same_day(office: Office) -> None:
    people.end_appointment(Appointment.objects.get(person=office.handler), actor=SYSTEM, at=NOW)
    assert not organisation.has_role(office.handler, Role.HANDLER, at=NOW)
    assert organisation.has_role(office.handler, Role.HANDLER, at=NOW - timedelta(days=1))


def test_a_lent_role_is_limited_in_scope_and_time_and_cannot_be_lent_on(office: Office) -> None:
    unit = office.units["综合一处"]
    authority.delegate(
        giver=office.reviewer,
        receiver=office.handler,
        role=Role.HEAD,
        unit=None,
        valid_from=NOW.date(),
        valid_until=NOW.date() + timedelta(days=7),
        reason="外出学习",
        actor=SYSTEM,
        at=NOW,
    )
    assert organisation.has_role(office.handler, Role.HEAD, unit=unit, at=NOW)
    assert not organisation.has_role(office.handler, Role.HEAD, unit=office.units["综合二处"], at=NOW)
    assert not organisation.has_role(office.handler, Role.HEAD, unit=unit, at=NOW + timedelta(days=7))
    actor = organisation.acting(office.handler, Role.HEAD, unit=unit, at=NOW)
    assert (actor.id, actor.acting_for) == (f"person:{office.handler.pk}", f"person:{office.reviewer.pk}")
    with pytest.raises(Refused, match="不能转授"):
        authority.delegate(
            giver=office.handler,
            receiver=office.outsider,
            role=Role.HEAD,
            unit=unit,
            valid_from=NOW.date(),
            valid_until=NOW.date() + timedelta(days=1),
            reason="代办",
            actor=SYSTEM,
            at=NOW,
        )
    people.end_appointment(Appointment.objects.get(person=office.reviewer), actor=SYSTEM, at=NOW)
    assert not organisation.has_role(office.handler, Role.HEAD, unit=unit, at=NOW), "the giver no longer holds it"


def test_b_acts_for_a_only_while_a_is_away(office: Office) -> None:
    def actor() -> str:
        return organisation.actor_of(office.partner, at=NOW, acting_for=office.handler).acting_for

    with pytest.raises(Refused, match="只有其 B 角在其离岗期间可以代办"):
        actor()
    people.record_leave(
        office.handler, reason="leave", starts_at=NOW, ends_at=NOW + timedelta(days=2), actor=SYSTEM, at=NOW
    )
    assert actor() == f"person:{office.handler.pk}"
    assert list(organisation.stood_in_for(office.partner, NOW)) == [office.handler]
    assert not organisation.stood_in_for(office.partner, NOW + timedelta(days=2))
    with pytest.raises(Refused, match="只有其 B 角"):
        organisation.actor_of(office.outsider, at=NOW, acting_for=office.handler)


def test_the_stranger_acts_as_the_public(office: Office) -> None:
    from django.contrib.auth.models import AnonymousUser

    assert organisation.actor_of(AnonymousUser()).kind == "public"
    with pytest.raises(Refused, match="需要以下角色之一：领导"):
        organisation.acting(AnonymousUser(), Role.LEADER, at=NOW)


def test_the_administrator_cannot_be_delegated_nor_the_last_one_revoked(office: Office) -> None:
    granted = office.admin.grants.get()
    with pytest.raises(Refused, match="唯一的系统管理员"):
        authority.revoke(granted, actor=SYSTEM, at=NOW)
    with pytest.raises(Refused, match="不能授权他人代行"):
        authority.delegate(
            giver=office.admin,
            receiver=office.handler,
            role=Role.ADMIN,
            unit=None,
            valid_from=date(2026, 3, 2),
            valid_until=date(2026, 3, 3),
            reason="休假",
            actor=SYSTEM,
            at=NOW,
        )


def test_a_page_asks_for_the_viewers_roles_once_and_the_next_page_again(
    office: Office, django_assert_num_queries: Any
) -> None:
    office.handler.remembered = []
    with django_assert_num_queries(1):
        for delay in (0, 0.5, 1):
            assert organisation.has_role(office.handler, Role.HANDLER, at=NOW + timedelta(seconds=delay))
    client = office.client(office.handler)
    assert client.get("/organisation/").status_code == 200
    people.end_appointment(Appointment.objects.get(person=office.handler), actor=SYSTEM, at=timezone.now())
    assert client.get("/organisation/").status_code == 403
