"""Every persona at every address: who gets in, and that nobody else does anything."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from xiaoneng.foundation.actors import SYSTEM
from xiaoneng.kernel.ledger.api import Event
from xiaoneng.kernel.organisation.models import Appointment, Delegation, Leave, Partners, Post, RoleGrant
from xiaoneng.kernel.organisation.services import authority, people, units
from xiaoneng.kernel.organisation.testing import NOW, Office

EVERYBODY = {"承办人", "审核人", "局外人", "领导", "督查", "管理员"}
HEADS = {"审核人", "管理员"}
ADMIN = {"管理员"}

# address → who may open it; the others are refused (403), the public is sent to sign in
PAGES = {
    "/organisation/": EVERYBODY,
    "/organisation/?on=2019-01-01": EVERYBODY,
    "/organisation/?on=nonsense": EVERYBODY,
    "/organisation/units/{unit}/": EVERYBODY,
    "/organisation/people/": EVERYBODY,
    "/organisation/people/?q=综合一处&page=9": EVERYBODY,
    "/organisation/people/{handler}/": EVERYBODY,
    "/organisation/me/": EVERYBODY,
    "/organisation/me/delegate": EVERYBODY,
    "/organisation/people/{handler}/leave": HEADS | {"承办人"},
    "/organisation/units/{unit}/partners": HEADS,
    "/organisation/units/new": ADMIN,
    "/organisation/units/new?parent={unit}": ADMIN,
    "/organisation/units/{unit}/edit": ADMIN,
    "/organisation/units/{unit}/post": ADMIN,
    "/organisation/posts/{post}/edit": ADMIN,
    "/organisation/people/new": ADMIN,
    "/organisation/people/{handler}/edit": ADMIN,
    "/organisation/people/{handler}/appoint": ADMIN,
    "/organisation/roles/": ADMIN,
    "/organisation/roles/grant": ADMIN,
    "/organisation/import/": ADMIN,
    "/organisation/import/template.xlsx": ADMIN,
    "/organisation/export.xlsx": ADMIN,
}

# address that only takes a press → who may press it
BUTTONS = {
    "/organisation/units/{unit}/end": ADMIN,
    "/organisation/units/{unit}/alias": ADMIN,
    "/organisation/people/{handler}/invite": ADMIN,
    "/organisation/appointments/{appointment}/end": ADMIN,
    "/organisation/roles/{grant}/revoke": ADMIN,
    "/organisation/partners/{partners}/end": HEADS,
    "/organisation/leaves/{leave}/end": HEADS | {"承办人"},
    "/organisation/delegations/{delegation}/end": HEADS,
}


@pytest.fixture
def ids(office: Office) -> dict[str, int]:
    at, unit = timezone.now(), office.units["综合一处"]
    post = units.create_post(unit, name="处长", single=True, actor=SYSTEM, at=NOW)
    day = timezone.localtime(at).date()
    leave = people.record_leave(
        office.handler, reason="leave", starts_at=at, ends_at=at + timedelta(days=1), actor=SYSTEM, at=at
    )
    delegation = authority.delegate(
        giver=office.reviewer,
        receiver=office.handler,
        role="head",
        unit=unit,
        valid_from=day + timedelta(days=1),
        valid_until=day + timedelta(days=9),
        reason="学习",
        actor=SYSTEM,
        at=at,
    )
    return {
        "unit": unit.pk,
        "handler": office.handler.pk,
        "post": post.pk,
        "appointment": Appointment.objects.get(person=office.outsider).pk,
        "grant": RoleGrant.objects.get(person=office.leader).pk,
        "partners": Partners.objects.get().pk,
        "leave": leave.pk,
        "delegation": delegation.pk,
    }


def test_who_may_open_which_page(office: Office, ids: dict[str, int]) -> None:
    for address, allowed in PAGES.items():
        url = address.format(**ids)
        for persona, person in office.personas.items():
            response = office.client(person).get(url)
            if person is None:
                assert response.status_code == 302, url
                assert response.headers["Location"].startswith("/accounts/login/?next="), url
            else:
                assert response.status_code == (200 if persona in allowed else 403), (url, persona)
                if response.status_code == 403:
                    assert "alert" in response.content.decode(), "a refusal says why"


def test_who_may_press_which_button(office: Office, ids: dict[str, int]) -> None:
    for address, allowed in BUTTONS.items():
        url = address.format(**ids)
        for persona, person in office.personas.items():
            if persona in allowed:
                continue
            before = _state()
            client = office.client(person)
            assert client.get(url).status_code in (302, 405), url
            response = client.post(url, {"name": "别名"})
            assert response.status_code == (302 if person is None else 403), (url, persona)
            assert _state() == before, (url, persona)
        last = office.client(office.reviewer if "审核人" in allowed else office.admin)
        done = last.post(url, {"name": "一处"})
        expected = 403 if url.endswith(f"units/{ids['unit']}/end") else 200 if url.endswith("invite") else 302
        assert done.status_code == expected, url


def _state() -> tuple[Any, ...]:
    tables = (Appointment, Partners, RoleGrant, Leave, Delegation, Post)
    return (*(tuple(table.objects.order_by("pk").values_list()) for table in tables), Event.objects.count())


@pytest.mark.parametrize(
    "url",
    [
        "/organisation/units/99999999999999999999/",
        "/organisation/units/999999999999999999/",
        "/organisation/units/0/",
        "/organisation/people/-1/",
        "/organisation/import/7/",
        "/organisation/units/１/",
    ],
)
def test_numbers_that_lead_nowhere_are_not_found(office: Office, url: str) -> None:
    assert office.client(office.admin).get(url).status_code == 404


def test_an_external_account_sees_only_itself(office: Office) -> None:
    guest = people.add_person(username="guest", name="外来人", actor=SYSTEM, at=NOW)
    authority.grant(guest, role="external", actor=SYSTEM, at=NOW)
    client = office.client(guest)
    assert client.get("/organisation/").status_code == 403
    assert client.get(f"/organisation/people/{office.handler.pk}/").status_code == 403
    assert client.get("/organisation/me/").status_code == 200


def test_the_administrator_works_through_the_pages(office: Office) -> None:
    client = office.client(office.admin)
    root = office.root.pk
    made = client.post(
        "/organisation/units/new", {"name": "综合七处", "kind": "division", "parent": root, "order": 7}, follow=True
    )
    assert "综合七处" in made.content.decode()
    again = client.post("/organisation/units/new", {"name": "综合七处", "kind": "division", "parent": root, "order": 7})
    assert (again.status_code, "已经存在" in again.content.decode()) == (422, True)
    group = client.post("/organisation/units/new", {"name": "各处室", "kind": "division", "parent": root, "order": 7})
    assert "是一类机构的统称" in group.content.decode()
    added = client.post("/organisation/people/new", {"username": "sun", "name": "孙新人"}, follow=True)
    assert "还没有任职" in added.content.decode()
    self_grant = client.post(
        "/organisation/roles/grant",
        {"person": office.admin.pk, "role": "leader", "valid_from": "2026-01-01"},
    )
    assert (self_grant.status_code, "不能给自己授予角色" in self_grant.content.decode()) == (422, True)
    revoked = client.post(f"/organisation/roles/{office.admin.grants.get().pk}/revoke")
    assert (revoked.status_code, "唯一的系统管理员" in revoked.content.decode()) == (403, True)


def test_pages_carry_no_inline_script_or_style(office: Office, ids: dict[str, int]) -> None:
    client = office.client(office.admin)
    for address in PAGES:
        body = client.get(address.format(**ids))
        if body.headers["Content-Type"].startswith("text/html"):
            text = body.content.decode()
            assert "style=" not in text, address
            assert "<script>" not in text, address
            assert "onclick" not in text, address
