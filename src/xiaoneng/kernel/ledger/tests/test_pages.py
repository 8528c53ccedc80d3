"""台账页面: who sees what, and what the proof page proves."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from xiaoneng.foundation import merkle
from xiaoneng.kernel.ledger import api as ledger
from xiaoneng.kernel.ledger import notes, policies
from xiaoneng.kernel.ledger.models import Cursor, Event, Failure
from xiaoneng.kernel.ledger.tests.conftest import ACTOR, AT, fill
from xiaoneng.kernel.ledger.tests.specimens.models import Specimen, SpecimenSaved

pytestmark = pytest.mark.django_db


class Roles:
    """Who the signed-in person is to the ledger, set by each test."""

    heads = metadata = operates = owns = False


@pytest.fixture
def roles(monkeypatch: pytest.MonkeyPatch) -> Roles:
    roles = Roles()
    monkeypatch.setattr(policies, "_readers", [policies.Readers()])
    monkeypatch.setattr(policies, "_visible", {})
    ledger.readers(
        heads=lambda _user, _at: roles.heads,
        metadata=lambda _user, _at: roles.metadata,
        operates=lambda _user, _at: roles.operates,
        name=lambda actor: f"〔{actor}〕",
    )
    ledger.visible(
        "specimens.Specimen", lambda _user: Specimen.objects.all() if roles.owns else Specimen.objects.none()
    )
    return roles


@pytest.fixture
def viewer(client: Client) -> Client:
    user = get_user_model().objects.create(username="viewer")
    ledger.record(SpecimenSaved(0), actor=ACTOR, at=AT, subject=user)
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def page(viewer: Client, path: str, status: int = 200) -> str:
    response = viewer.get(path)
    assert response.status_code == status, response.content.decode()
    return response.content.decode()


@pytest.mark.parametrize("path", ["/ledger/", "/ledger/events/1/", "/ledger/events/1/proof.json", "/ledger/verify.py"])
def test_strangers_are_asked_to_sign_in(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/accounts/login/")


def test_nobody_sees_anything_by_default(viewer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policies, "_readers", [policies.Readers()])
    monkeypatch.setattr(policies, "_visible", {})
    fill(2)
    number = Event.objects.order_by("-id")[0].pk
    assert "只有督查、领导和系统管理员" in page(viewer, "/ledger/", 403)
    assert "您无权查看" in page(viewer, f"/ledger/events/{number}/", 403)
    assert "您无权查看" in page(viewer, f"/ledger/events/{number}/proof.json", 403)


def test_who_may_see_the_row_sees_the_payload_and_its_proof(viewer: Client, roles: Roles) -> None:
    roles.owns = True
    rows = fill(20)
    event = Event.objects.get(subject=rows[6].ledger_subject)
    said = page(viewer, f"/ledger/events/{event.pk}/")
    assert f"&quot;specimen_id&quot;: {rows[6].pk}" in said
    assert "已重新计算，与签名树头一致" in said
    assert "〔person:1〕" in said
    proof = json.loads(page(viewer, f"/ledger/events/{event.pk}/proof.json"))
    assert proof["content"] == event.content
    assert merkle.verify_inclusion(
        index=proof["position"],
        size=21,
        leaf=merkle.leaf_hash(proof["content"].encode()),
        proof=[bytes.fromhex(value) for value in proof["inclusion"]],
        root=notes.parse(proof["head"]["note"])[2],
    )


def test_supervision_sees_metadata_without_payload(viewer: Client, roles: Roles) -> None:
    roles.metadata = True
    fill(1)
    number = Event.objects.filter(subject__startswith="specimens").get().pk
    said = page(viewer, f"/ledger/events/{number}/")
    assert "内容只对能看到该事项的人显示" in said
    assert "&quot;specimen_id&quot;" not in said
    assert "specimens.saved" in said
    proof = json.loads(page(viewer, f"/ledger/events/{number}/proof.json"))
    assert "content" not in proof


def test_the_administrator_sees_heads_and_no_payload(viewer: Client, roles: Roles) -> None:
    roles.heads = roles.operates = True
    fill(3)
    ledger.verify_all(at=AT)
    said = page(viewer, "/ledger/")
    assert "全部相符" in said
    assert "覆盖 4 条" in said
    page(viewer, f"/ledger/events/{Event.objects.order_by('-id')[0].pk}/", 403)


def test_findings_are_shown(viewer: Client, roles: Roles) -> None:
    roles.heads = True
    fill(1)
    Specimen.objects.update(amount=7)
    ledger.verify_all(at=AT)
    said = page(viewer, "/ledger/")
    assert "1 个问题" in said
    assert "绕过台账被改动" in said


def test_an_event_without_its_place_says_so(viewer: Client, roles: Roles) -> None:
    roles.owns = True
    row = Specimen.objects.create(name="甲")
    event = ledger.record(SpecimenSaved(row.pk), actor=ACTOR, at=timezone.now(), subject=row)
    assert "还没有编入签名的树头" in page(viewer, f"/ledger/events/{event.pk}/")
    assert "请稍候几秒" in page(viewer, f"/ledger/events/{event.pk}/proof.json", 403)


@pytest.mark.parametrize("number", ["0", "999999", str(2**63), "9" * 60, "9" * 5000])
def test_events_that_do_not_exist(viewer: Client, roles: Roles, number: str) -> None:
    roles.owns = roles.metadata = True
    page(viewer, f"/ledger/events/{number}/", 404)


def test_the_script_is_the_one_of_the_bundle(viewer: Client) -> None:
    response: Any = viewer.get("/ledger/verify.py")
    script = Path(policies.__file__).with_name("bundle") / "verify.py"
    assert b"".join(response.streaming_content) == script.read_bytes()


@pytest.fixture
def parked(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[..., None]], Failure]:
    from xiaoneng.kernel.ledger import subscriptions

    def make(handler: Callable[..., None]) -> Failure:
        monkeypatch.setattr(subscriptions, "_subscriptions", {})
        fill(1)
        ledger.subscribe(SpecimenSaved, name="test.parked", handler=handler)
        Cursor.objects.create(name="test.parked", position=2)
        event = Event.objects.order_by("-id")[0]
        return Failure.objects.create(cursor_id="test.parked", event=event, retry_at=AT, parked=True, error="吃不下")

    return make


def test_the_administrator_delivers_a_parked_fact_again(
    viewer: Client, roles: Roles, parked: Callable[..., Failure]
) -> None:
    heard: list[int] = []
    failure = parked(lambda fact, _event: heard.append(fact.specimen_id))
    roles.heads = True
    assert "由系统管理员处理" in page(viewer, "/ledger/")
    assert viewer.post(f"/ledger/failures/{failure.pk}/retry/").status_code == 403
    assert heard == []
    roles.operates = True
    assert "吃不下" in page(viewer, "/ledger/")
    response = viewer.post(f"/ledger/failures/{failure.pk}/retry/", follow=True)
    assert "已重新投递" in response.content.decode()
    assert len(heard) == 1
    assert not Failure.objects.exists()


def test_a_fact_that_fails_again_stays_parked(viewer: Client, roles: Roles, parked: Callable[..., Failure]) -> None:
    def fails(_fact: SpecimenSaved, _event: Event) -> None:
        raise ValueError("还是吃不下")

    failure = parked(fails)
    roles.heads = roles.operates = True
    response = viewer.post(f"/ledger/failures/{failure.pk}/retry/", follow=True)
    assert "还是吃不下" in response.content.decode()
    assert Failure.objects.count() == 1


def test_a_second_rule_for_one_table_is_an_error(roles: Roles) -> None:
    with pytest.raises(ValueError, match="specimens"):
        ledger.visible("specimens.specimen", lambda _user: Specimen.objects.all())
