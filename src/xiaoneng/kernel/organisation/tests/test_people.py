"""Appointments, AB partners, absences: what may not overlap does not, whoever writes it."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xiaoneng.foundation.actors import SYSTEM
from xiaoneng.foundation.refusals import Refused
from xiaoneng.kernel.ledger.api import Event
from xiaoneng.kernel.organisation import api as organisation
from xiaoneng.kernel.organisation.api import Role
from xiaoneng.kernel.organisation.models import Appointment, Leave, User
from xiaoneng.kernel.organisation.services import people, units
from xiaoneng.kernel.organisation.testing import NOW, SINCE, Office

DAY = date(2026, 1, 1)
spans = st.tuples(st.integers(0, 40), st.none() | st.integers(1, 20)).map(
    lambda pair: (
        DAY + timedelta(days=pair[0]),
        None if pair[1] is None else DAY + timedelta(days=pair[0] + pair[1]),
    )
)


def _meet(one: tuple[date, date | None], other: tuple[date, date | None]) -> bool:
    return (other[1] is None or one[0] < other[1]) and (one[1] is None or other[0] < one[1])


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(wanted=st.lists(spans, min_size=1, max_size=6))
def test_main_appointments_never_overlap(office: Office, wanted: list[tuple[date, date | None]]) -> None:
    with transaction.atomic():
        person, taken = office.admin, list[tuple[date, date | None]]()
        for start, end in wanted:
            clash = any(_meet((start, end), other) for other in taken)
            events = Event.objects.count()
            with pytest.raises(Refused, match="已有主要任职") if clash else nullcontext():
                people.appoint(person, unit=office.root, valid_from=start, valid_until=end, actor=SYSTEM, at=NOW)
            assert Event.objects.count() == events + (not clash)
            if not clash:
                taken.append((start, end))
        transaction.set_rollback(True)


def test_the_database_refuses_overlaps_that_a_service_did_not_see(office: Office) -> None:
    unit = office.units["综合一处"]
    post = units.create_post(unit, name="处长", single=True, valid_from=SINCE, actor=SYSTEM, at=NOW)
    rows = [
        Appointment(person=office.handler, unit=unit, valid_from=DAY, valid_until=DAY + timedelta(days=5)),
        Appointment(person=office.handler, unit=unit, post=post, primary=False, valid_from=DAY),
        Appointment(
            person=office.outsider, unit=unit, post=post, primary=False, valid_from=DAY, valid_until=NOW.date()
        ),
    ]
    rows[1].save()
    for row in (rows[0], rows[2]):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()
    Leave.objects.create(person=office.handler, starts_at=NOW, ends_at=NOW + timedelta(days=2))
    for person in (office.partner, office.handler):
        with pytest.raises(IntegrityError), transaction.atomic():
            Leave.objects.create(person=person, starts_at=NOW + timedelta(days=1), ends_at=NOW + timedelta(days=3))
    Leave.objects.create(person=office.partner, starts_at=NOW + timedelta(days=2), ends_at=NOW + timedelta(days=3))
    with pytest.raises(IntegrityError), transaction.atomic():
        Leave.objects.update(ends_at=NOW + timedelta(days=9))


def test_a_single_post_has_one_holder(office: Office) -> None:
    unit = office.units["综合二处"]
    post = units.create_post(unit, name="处长", single=True, actor=SYSTEM, at=NOW)
    people.appoint(office.admin, unit=unit, post=post, role=Role.HEAD, actor=SYSTEM, at=NOW)
    with pytest.raises(Refused, match="独任岗位，在此期间已由管理员担任"):
        people.appoint(office.outsider, unit=unit, post=post, primary=False, actor=SYSTEM, at=NOW)
    with pytest.raises(Refused, match="不属于"):
        people.appoint(office.outsider, unit=office.root, post=post, primary=False, actor=SYSTEM, at=NOW)


def test_ended_on_its_first_day_it_stands_in_nobodys_way(office: Office) -> None:
    first = people.appoint(office.admin, unit=office.root, actor=SYSTEM, at=NOW)
    people.end_appointment(first, actor=SYSTEM, at=NOW)
    again = people.appoint(office.admin, unit=office.root, valid_from=DAY, actor=SYSTEM, at=NOW)
    assert again.holds(NOW.date())
    with pytest.raises(Refused, match="已经结束"):
        people.end_appointment(first, actor=SYSTEM, at=NOW)


@pytest.mark.parametrize("role", [Role.ADMIN, "admin"])
def test_no_appointment_makes_an_administrator(office: Office, role: str) -> None:
    with pytest.raises(Refused, match="不能带来系统管理员角色"):
        people.appoint(office.admin, unit=office.root, role=role, actor=SYSTEM, at=NOW)


def _away(office: Office, person: User, start: datetime, days: int) -> None:
    people.record_leave(
        person, reason="leave", starts_at=start, ends_at=start + timedelta(days=days), actor=SYSTEM, at=NOW
    )


def test_a_and_b_are_never_away_together(office: Office) -> None:
    _away(office, office.handler, NOW + timedelta(days=3), 4)
    events = Event.objects.count()
    with pytest.raises(Refused, match="互为 AB 角"):
        _away(office, office.partner, NOW + timedelta(days=6), 4)
    with pytest.raises(Refused, match="已登记离岗"):
        _away(office, office.handler, NOW + timedelta(days=6), 4)
    assert Event.objects.count() == events
    _away(office, office.partner, NOW + timedelta(days=7), 1)
    people.end_leave(Leave.objects.get(person=office.handler), actor=SYSTEM, at=NOW)
    _away(office, office.partner, NOW + timedelta(days=3), 1)


def test_two_who_will_be_away_together_cannot_become_partners(office: Office) -> None:
    _away(office, office.reviewer, NOW + timedelta(days=1), 2)
    _away(office, office.partner, NOW + timedelta(days=2), 2)
    with pytest.raises(Refused, match="同时离岗的安排"):
        people.name_partners(unit=office.units["综合一处"], a=office.reviewer, b=office.partner, actor=SYSTEM, at=NOW)


def test_partners_are_two_people_of_the_unit(office: Office) -> None:
    unit = office.units["综合一处"]
    with pytest.raises(Refused, match="不能是同一人"):
        people.name_partners(unit=unit, a=office.handler, b=office.handler, actor=SYSTEM, at=NOW)
    with pytest.raises(Refused, match="王外处现不在“综合一处”任职"):
        people.name_partners(unit=unit, a=office.handler, b=office.outsider, actor=SYSTEM, at=NOW)
    with pytest.raises(Refused, match="已经设定"):
        people.name_partners(unit=unit, a=office.handler, b=office.partner, actor=SYSTEM, at=NOW)


@pytest.mark.parametrize("username", ["", "张三", "a b", "-x", "x" * 61, "a\nb", "a/b"])
def test_user_names_that_are_refused(office: Office, username: str) -> None:
    people_before = User.objects.count()
    with pytest.raises(Refused):
        people.add_person(username=username, name="某", actor=SYSTEM, at=NOW)
    assert User.objects.count() == people_before


def test_names_for_the_ledger(office: Office) -> None:
    ids = [f"person:{office.handler.pk}", "person:999999", "person:x", "system:tick", "public:anonymous", "person:٣"]
    assert list(organisation.display_names(ids).values()) == [
        "张承办（综合一处）",
        "未登记人员",
        "未登记人员",
        "系统",
        "公众",
        "未登记人员",
    ]
    assert organisation.display_name(f"person:{office.admin.pk}") == "管理员"
