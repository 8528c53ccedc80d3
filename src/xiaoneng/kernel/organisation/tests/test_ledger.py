"""What the ledger holds of this module: every row sealed as it is, and who may read it there."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from xiaoneng.foundation.actors import SYSTEM
from xiaoneng.kernel.ledger import api as ledger
from xiaoneng.kernel.organisation import api as organisation
from xiaoneng.kernel.organisation.models import Appointment, Leave, Partners, Purpose, RoleGrant, Unit
from xiaoneng.kernel.organisation.services import access, authority, people, units
from xiaoneng.kernel.organisation.testing import NOW, Office


@pytest.fixture(autouse=True)
def keys(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path


def faults() -> list[str]:
    report = ledger.verify_all(at=NOW)
    return [str(finding) for finding in report.findings]


def test_every_act_leaves_its_row_as_the_ledger_last_saw_it(office: Office) -> None:
    unit, day = office.units["综合一处"], NOW.date()
    units.change_unit(unit, name="综合一室", kind="division", parent=None, order=3, actor=SYSTEM, at=NOW)
    units.end_unit(office.units["综合六处"], actor=SYSTEM, at=NOW)
    post = units.create_post(unit, name="处长", single=False, actor=SYSTEM, at=NOW)
    units.change_post(post, single=True, duties="主持", actor=SYSTEM, at=NOW)
    people.change_person(office.outsider, name="王某", email="w@example.org", active=False, actor=SYSTEM, at=NOW)
    people.end_appointment(Appointment.objects.get(person=office.leader), actor=SYSTEM, at=NOW)
    people.record_leave(
        office.handler, reason="duty", starts_at=NOW, ends_at=NOW + timedelta(days=1), actor=SYSTEM, at=NOW
    )
    people.end_leave(Leave.objects.get(), actor=SYSTEM, at=NOW + timedelta(hours=1))
    people.end_partners(Partners.objects.get(), actor=SYSTEM, at=NOW)
    authority.revoke(RoleGrant.objects.get(person=office.leader), actor=SYSTEM, at=NOW)
    lent = authority.delegate(
        giver=office.reviewer,
        receiver=office.handler,
        role="head",
        unit=None,
        valid_from=day,
        valid_until=day + timedelta(days=3),
        reason="学习",
        actor=SYSTEM,
        at=NOW,
    )
    authority.end_delegation(lent, actor=SYSTEM, at=NOW)
    access.issue_link(office.handler, purpose=Purpose.RESET, actor=SYSTEM, at=NOW)
    token = access.issue_link(office.handler, purpose=Purpose.RESET, actor=SYSTEM, at=NOW)
    access.accept_invitation(token, password="Quiet-Mountain-77", at=NOW)
    organisation.first_link(NOW)
    assert faults() == []


@pytest.mark.parametrize(
    "change",
    [
        lambda office: (
            RoleGrant.objects.filter(person=office.handler).update(role="admin", unit=None)
            or RoleGrant.objects.create(person=office.handler, role="admin", valid_from=NOW.date())
        ),
        lambda office: Appointment.objects.filter(person=office.handler).update(role="head"),
        lambda office: Unit.objects.filter(pk=office.units["综合二处"].pk).update(parent=office.units["综合一处"]),
        lambda office: Partners.objects.all().delete(),
    ],
)
def test_authority_taken_behind_the_services_back_is_found(office: Office, change: Any) -> None:
    assert faults() == []
    change(office)
    assert len(faults()) == 1


def test_who_reads_what_in_the_ledger(office: Office) -> None:
    (entry, *_) = ledger.history(office.units["综合一处"])
    (link,) = _link_entries(office)
    seen = {
        name: (
            office.client(person).get(entry.url).status_code,
            office.client(person).get(link.url).status_code,
            office.client(person).get("/ledger/").status_code,
        )
        for name, person in office.personas.items()
        if person is not None
    }
    assert seen == {
        "承办人": (200, 403, 403),
        "审核人": (200, 403, 403),
        "局外人": (200, 403, 403),
        "领导": (200, 200, 200),
        "督查": (200, 200, 200),
        "管理员": (200, 200, 200),
    }


def _link_entries(office: Office) -> list[ledger.Entry]:
    access.issue_link(office.handler, purpose=Purpose.RESET, actor=SYSTEM, at=NOW)
    return ledger.history(office.handler.links.get())
