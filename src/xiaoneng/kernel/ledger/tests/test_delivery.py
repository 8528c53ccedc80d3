"""投递: once in effect, in order, through crashes and poison."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction

from xiaoneng.foundation.refusals import Refused
from xiaoneng.kernel.ledger import api as ledger
from xiaoneng.kernel.ledger import delivery
from xiaoneng.kernel.ledger.models import Cursor, Event, Failure
from xiaoneng.kernel.ledger.tests.conftest import ACTOR, AT, fill, save
from xiaoneng.kernel.ledger.tests.specimens.models import Specimen, SpecimenRemoved, SpecimenSaved

pytestmark = pytest.mark.django_db(transaction=True)
Subscribe = Callable[[str, Callable[[SpecimenSaved, Event], None]], None]


@pytest.fixture
def subscribe(monkeypatch: pytest.MonkeyPatch) -> Subscribe:
    from xiaoneng.kernel.ledger import subscriptions

    monkeypatch.setattr(subscriptions, "_subscriptions", {})

    def add(name: str, handler: Callable[[SpecimenSaved, Event], None]) -> None:
        ledger.subscribe(SpecimenSaved, name=name, handler=handler)

    return add


def test_each_fact_arrives_once_in_order(subscribe: Subscribe) -> None:
    heard: list[SpecimenSaved] = []
    subscribe("test.hears", lambda fact, _event: heard.append(fact))
    rows = fill(5)
    with transaction.atomic():
        ledger.record(SpecimenRemoved(1), actor=ACTOR, at=AT)
    assert ledger.deliver(AT) == 5
    assert ledger.deliver(AT) == 0
    assert heard == [SpecimenSaved(row.pk, ()) for row in rows]


def test_facts_come_back_as_they_were_said(subscribe: Subscribe) -> None:
    heard: list[SpecimenSaved] = []
    subscribe("test.hears", lambda fact, _event: heard.append(fact))
    with transaction.atomic():
        ledger.record(SpecimenSaved(1, tags=("急", "密")), actor=ACTOR, at=AT)
    ledger.sequence(AT)
    ledger.deliver(AT)
    assert heard == [SpecimenSaved(1, tags=("急", "密"))]


def test_nothing_is_delivered_before_it_has_its_place(subscribe: Subscribe) -> None:
    subscribe("test.hears", lambda _fact, _event: None)
    save()
    assert ledger.deliver(AT) == 0
    ledger.sequence(AT)
    assert ledger.deliver(AT) == 1


def test_long_stretches_are_walked_in_windows(subscribe: Subscribe, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "WINDOW", 7)
    subscribe("test.hears", lambda _fact, _event: None)
    fill(40)
    assert ledger.deliver(AT) == 40
    assert Cursor.objects.get(name="test.hears").position == 40


def test_effect_and_mark_are_one(subscribe: Subscribe) -> None:
    def writes_then_fails(fact: SpecimenSaved, _event: Event) -> None:
        Specimen.objects.filter(pk=fact.specimen_id).update(remark="写了一半")
        raise RuntimeError("断电")

    subscribe("test.fails", writes_then_fails)
    (row,) = fill(1)
    assert ledger.deliver(AT) == 0
    row.refresh_from_db()
    assert row.remark == ""
    assert Cursor.objects.get(name="test.fails").position == 0


def test_poison_is_retried_then_parked_and_the_others_go_on(subscribe: Subscribe) -> None:
    heard: dict[str, list[int]] = {"well": [], "ill": []}
    rows = fill(3)

    def ill(fact: SpecimenSaved, _event: Event) -> None:
        if fact.specimen_id == rows[1].pk and heard["well"] != [0]:
            raise ValueError("吃不下")
        heard["ill"].append(fact.specimen_id)

    subscribe("test.well", lambda fact, _event: heard["well"].append(fact.specimen_id))
    subscribe("test.ill", ill)
    ledger.deliver(AT)
    assert heard == {"well": [row.pk for row in rows], "ill": [rows[0].pk]}
    assert ledger.deliver(AT) == 0, "not tried again before its time"
    at = AT
    for pause in delivery.PAUSES:
        at += pause
        ledger.deliver(at)
    failure = Failure.objects.get()
    assert (failure.parked, failure.attempts, failure.error) == (True, 5, "ValueError: 吃不下")
    assert heard["ill"] == [rows[0].pk, rows[2].pk]
    assert ledger.state().parked == 1

    with pytest.raises(ValueError, match="吃不下"):
        ledger.redeliver(failure.id)
    heard["well"] = [0]
    ledger.redeliver(failure.id)
    assert heard["ill"] == [rows[0].pk, rows[2].pk, rows[1].pk]
    assert not Failure.objects.exists()
    ledger.redeliver(failure.id)
    assert len(heard["ill"]) == 3


def test_a_retry_that_succeeds_leaves_no_failure(subscribe: Subscribe) -> None:
    attempts: list[int] = []

    def twice(_fact: SpecimenSaved, _event: Event) -> None:
        attempts.append(1)
        if len(attempts) == 1:
            raise RuntimeError

    subscribe("test.twice", twice)
    fill(1)
    assert ledger.deliver(AT) == 0
    assert ledger.deliver(AT + timedelta(seconds=2)) == 1
    assert not Failure.objects.exists()


def test_a_parked_fact_without_its_subscriber_says_so(subscribe: Subscribe) -> None:
    fill(1)
    Cursor.objects.create(name="test.gone")
    event = Event.objects.get()
    failure = Failure.objects.create(cursor_id="test.gone", event=event, retry_at=AT, parked=True, error="x")
    with pytest.raises(Refused, match=r"订阅者“test\.gone”已不存在"):
        ledger.redeliver(failure.id)
    assert Failure.objects.exists()


def test_two_subscribers_of_one_name_are_an_error(subscribe: Subscribe) -> None:
    subscribe("test.same", print)
    subscribe("test.same", print)
    with pytest.raises(ValueError, match=r"test\.same"):
        subscribe("test.same", repr)  # type: ignore[arg-type]


KILLED = """
    import os, sys, time
    import django
    os.environ["DJANGO_SETTINGS_MODULE"] = sys.argv[1]
    django.setup()
    from datetime import datetime
    from pathlib import Path
    from django.conf import settings
    settings.DATA = Path(sys.argv[2])
    settings.DATABASES["default"]["NAME"] = sys.argv[3]
    from xiaoneng.kernel.ledger import api as ledger
    from xiaoneng.kernel.ledger.tests.specimens.models import Specimen, SpecimenSaved

    def handler(fact, event):
        row = Specimen.objects.get(pk=fact.specimen_id)
        Specimen.objects.filter(pk=row.pk).update(remark=row.remark + "一")
        if row.name == "第2":
            print("in the middle", flush=True)
            time.sleep(60)

    ledger.subscribe(SpecimenSaved, name="test.killed", handler=handler)
    ledger.deliver(datetime.fromisoformat(sys.argv[4]))
"""


def test_kill_in_the_middle_of_a_delivery(
    subscribe: Subscribe, shared_database: str, data_folder: Path, tmp_path: Path
) -> None:
    fill(5)
    script = tmp_path / "deliver.py"
    script.write_text(textwrap.dedent(KILLED), "utf-8")
    command = [
        sys.executable,
        str(script),
        os.environ["DJANGO_SETTINGS_MODULE"],
        str(data_folder),
        shared_database,
        AT.isoformat(),
    ]
    paths = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env=paths)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == b"in the middle\n"
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    remarks = Specimen.objects.order_by("id").values_list("remark", flat=True)
    for _ in range(50):  # the server notices the broken connection
        if list(remarks.all()) == ["一", "一", "", "", ""]:
            break
        time.sleep(0.1)
    assert list(remarks.all()) == ["一", "一", "", "", ""]

    def handler(fact: SpecimenSaved, _event: Event) -> None:
        row = Specimen.objects.get(pk=fact.specimen_id)
        Specimen.objects.filter(pk=row.pk).update(remark=row.remark + "一")

    subscribe("test.killed", handler)
    assert ledger.deliver(AT) == 3
    assert list(remarks.all()) == ["一"] * 5
