"""Calendar feeds: a secret address, one per person, seen once, revocable, showing what its owner may see now."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from icalendar import Calendar

from xiaoneng.desk import services
from xiaoneng.desk.models import CalendarFeed
from xiaoneng.kernel.ledger import api as ledger
from xiaoneng.kernel.organisation.api import User
from xiaoneng.kernel.organisation.testing import NOW, Office
from xiaoneng.programme.api import Programme, Task


def address(office: Office, person: User, scope: str = "own") -> str:
    client = office.client(person)
    answer = client.post("/calendar/issue/", {"scope": scope}, follow=True)
    found = re.search(r'value="http://testserver(/calendar/[^"]+\.ics)"', answer.content.decode())
    assert found is not None
    return found.group(1)


def read(office: Office, url: str) -> Calendar:
    answer = office.client(None).get(url)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"].startswith("private")
    calendar = Calendar.from_ical(answer.content)
    assert isinstance(calendar, Calendar)
    return calendar


def test_a_feed_shows_duties_and_deadlines_of_the_whole_office(office: Office, programme: Programme) -> None:
    Task.objects.filter(number=1).update(deadline=timezone.localdate() + timedelta(days=5))
    events = read(office, address(office, office.leader, "all")).walk("VEVENT")
    summaries = {str(event["SUMMARY"]) for event in events}
    assert "一月一通报" in summaries
    assert "到期：公开年度重点事项清单" in summaries
    assert len({str(event["UID"]) for event in events}) == len(events)


def test_a_feed_of_ones_own_unit_leaves_the_others_out(office: Office, programme: Programme) -> None:
    Task.objects.filter(number=1).update(deadline=timezone.localdate() + timedelta(days=5))
    summaries = {str(event["SUMMARY"]) for event in read(office, address(office, office.handler)).walk("VEVENT")}
    assert summaries == {"到期：公开年度重点事项清单"}


def test_an_administrators_feed_is_empty(office: Office, programme: Programme) -> None:
    assert read(office, address(office, office.admin, "all")).walk("VEVENT") == []


def test_the_address_is_shown_once_and_not_stored(office: Office) -> None:
    url = address(office, office.handler)
    token = url.removeprefix("/calendar/").removesuffix(".ics")
    assert token not in office.client(office.handler).get("/calendar/").content.decode()
    feed = CalendarFeed.objects.get()
    assert feed.digest == services.digest(token)
    assert token not in str(ledger.history(feed))
    assert [entry.kind for entry in ledger.history(feed)] == ["desk.feed_issued"]


def test_a_new_address_ends_the_old_one(office: Office) -> None:
    old, new = address(office, office.handler), address(office, office.handler)
    assert office.client(None).get(old).status_code == 404
    assert office.client(None).get(new).status_code == 200
    assert CalendarFeed.objects.filter(revoked_at=None).count() == 1


def test_a_revoked_address_answers_no_more(office: Office) -> None:
    url = address(office, office.handler)
    office.client(office.handler).post("/calendar/revoke/")
    office.client(office.handler).post("/calendar/revoke/")
    assert office.client(None).get(url).status_code == 404
    feed = CalendarFeed.objects.get()
    assert [entry.kind for entry in ledger.history(feed)] == ["desk.feed_revoked", "desk.feed_issued"]


def test_a_closed_account_has_no_feed(office: Office) -> None:
    url = address(office, office.handler)
    User.objects.filter(pk=office.handler.pk).update(is_active=False)
    assert office.client(None).get(url).status_code == 404


@pytest.mark.parametrize("token", ["x", "%00", "../../etc/passwd", "长", "a" * 5000])
def test_a_guessed_address_is_not_found(office: Office, token: str) -> None:
    assert office.client(None).get(f"/calendar/{token}.ics").status_code == 404


def test_addresses_are_made_and_ended_by_post_only(office: Office) -> None:
    client = office.client(office.handler)
    assert client.get("/calendar/issue/").status_code == 405
    assert client.get("/calendar/revoke/").status_code == 405
    assert office.client(None).post("/calendar/issue/").status_code == 302
    assert CalendarFeed.objects.count() == 0


def test_the_database_keeps_one_feed_per_person(office: Office) -> None:
    feed, _ = services.issue_feed(office.handler, scope=CalendarFeed.Scope.OWN, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarFeed.objects.create(person=office.handler, digest="0" * 64, issued_at=NOW)
    assert list(CalendarFeed.objects.all()) == [feed]
