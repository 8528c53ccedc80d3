"""记账: events commit with the state they describe, and say exactly what was stored."""

from __future__ import annotations

import json
import threading
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, models, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from xiaoneng.foundation.actors import Actor
from xiaoneng.foundation.refusals import Refused
from xiaoneng.kernel.ledger import api as ledger
from xiaoneng.kernel.ledger import guards, keys
from xiaoneng.kernel.ledger.canonical import canonical, line, moment, parse_moment
from xiaoneng.kernel.ledger.digest import definitions
from xiaoneng.kernel.ledger.models import Event, Leaf
from xiaoneng.kernel.ledger.tests.conftest import ACTOR, AT, fill, save
from xiaoneng.kernel.ledger.tests.specimens.models import Specimen, SpecimenRemoved, SpecimenSaved

# hypothesis takes bounds without a zone and puts its own on the moments
EARLIEST, LATEST = (datetime(year, 1, 1, tzinfo=UTC).replace(tzinfo=None) for year in (1900, 2200))


@pytest.mark.django_db(transaction=True)
def test_recording_outside_a_transaction_is_refused() -> None:
    row = Specimen.objects.create(name="甲")
    with pytest.raises(transaction.TransactionManagementError):
        ledger.record(SpecimenSaved(row.pk), actor=ACTOR, at=AT, subject=row)
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_rollback_keeps_neither_state_nor_event() -> None:
    with transaction.atomic():
        row = Specimen.objects.create(name="甲")
        ledger.record(SpecimenSaved(row.pk), actor=ACTOR, at=AT, subject=row)
        transaction.set_rollback(True)
    assert (Specimen.objects.count(), Event.objects.count()) == (0, 0)
    assert ledger.sequence(AT) == 0


@pytest.mark.django_db
def test_an_event_says_who_when_what_and_as_whom() -> None:
    row = Specimen.objects.create(name="甲")
    b_for_a = Actor("person:2", acting_for="person:1")
    at = datetime(2026, 3, 2, 17, 30, tzinfo=timezone(timedelta(hours=8)))
    event = ledger.record(SpecimenSaved(row.pk, tags=("急", "密")), actor=b_for_a, at=at, subject=row)
    event.refresh_from_db()
    assert (event.kind, event.subject) == ("specimens.saved", f"specimens.specimen:{row.pk}")
    assert (event.actor_id, event.acting_for, event.at) == ("person:2", "person:1", at)
    assert event.payload == {"specimen_id": row.pk, "tags": ["急", "密"]}
    assert event.content == canonical(json.loads(event.content))


@pytest.mark.django_db
def test_history_is_newest_first_and_says_whether_it_is_proven() -> None:
    row = save()
    row.name = "乙"
    row.save()
    ledger.record(SpecimenSaved(row.pk, tags=("改",)), actor=ACTOR, at=AT, subject=row)
    assert [(e.payload["tags"], e.position, e.proven) for e in ledger.history(row)] == [
        (["改"], None, False),
        ([], None, False),
    ]
    assert ledger.sequence(AT) == 2
    assert [(e.position, e.proven) for e in ledger.history(row)] == [(1, True), (0, True)]
    assert ledger.history(Specimen(pk=99)) == []


@pytest.mark.django_db
def test_many_events_keep_their_order_and_take_few_statements(django_assert_max_num_queries: Any) -> None:
    rows = Specimen.objects.bulk_create([Specimen(name=str(i)) for i in range(1000)])
    with django_assert_max_num_queries(5):
        events = ledger.record_many([(SpecimenSaved(row.pk), row) for row in rows], actor=ACTOR, at=AT)
    assert [event.payload["specimen_id"] for event in events] == [row.pk for row in rows]
    stored = Event.objects.order_by("id").values_list("id", "content")
    assert [(event.id, event.content) for event in events] == list(stored)


@pytest.mark.django_db
def test_nothing_recorded_is_nothing_written() -> None:
    assert ledger.record_many([], actor=ACTOR, at=AT) == []


@pytest.mark.django_db
def test_an_unsaved_row_an_expression_and_a_giant_are_programming_errors() -> None:
    with pytest.raises(ValueError, match="save the row"):
        ledger.record(SpecimenSaved(0), actor=ACTOR, at=AT, subject=Specimen(name="甲"))
    row = Specimen.objects.create(name="甲")
    row.amount = models.F("amount") + 1
    row.save()
    with pytest.raises(TypeError, match="refresh"):
        ledger.record(SpecimenSaved(row.pk), actor=ACTOR, at=AT, subject=row)
    with pytest.raises(ValueError, match="64 KiB"):
        ledger.record(SpecimenSaved(1, tags=("字" * 30_000,)), actor=ACTOR, at=AT)
    with pytest.raises(ValueError, match="time zone"):
        ledger.record(SpecimenSaved(1), actor=ACTOR, at=datetime(2026, 3, 2))  # noqa: DTZ001
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("table", guards.TABLES)
def test_the_database_refuses_changes(table: str) -> None:
    fill(20)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM ledger_{table}")
        (before,) = cursor.fetchone()
    column = {"leaf": "hash", "node": "hash", "event": "content", "head": "note"}.get(table, "number")
    column = {"cosignature": "line", "segment": "start", "verification": "ok"}.get(table, column)
    statements = [f"UPDATE ledger_{table} SET {column} = {column}", f"DELETE FROM ledger_{table}"]
    statements += [f"TRUNCATE ledger_{table} CASCADE"] * (connection.vendor == "postgresql")
    for statement in statements:
        if before or connection.vendor == "postgresql":
            with (
                pytest.raises(DatabaseError, match="台账只能追加"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM ledger_{table}")
        assert cursor.fetchone() == (before,)


@pytest.mark.django_db(transaction=True)
def test_the_key_of_another_data_folder_is_not_replaced(tmp_path: Path, settings: Any) -> None:
    save()
    settings.DATA = tmp_path / "elsewhere"
    with pytest.raises(Refused, match="没有这本台账的入账密钥"):
        save()
    assert Specimen.objects.count() == 1
    assert not list(settings.DATA.rglob("*.key"))


def test_writers_at_once_lose_nothing(shared_database: str) -> None:
    """Also on PostgreSQL, where ids and commits come in different orders."""
    save("先建密钥")
    failures: list[BaseException] = []

    def write(name: str) -> None:
        try:
            for i in range(20):
                save(f"{name}{i}")
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    writers = [threading.Thread(target=write, args=(name,)) for name in "甲乙丙"]
    for writer in writers:
        writer.start()
    placed = 0
    while any(writer.is_alive() for writer in writers):
        placed += ledger.sequence(AT)
    for writer in writers:
        writer.join()
    placed += ledger.sequence(AT)
    assert failures == []
    assert placed == 61
    assert Leaf.objects.count() == Event.objects.count() == 61
    assert ledger.verify_all(at=AT).findings == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer at a time")
def test_an_event_that_commits_late_gets_its_place_late() -> None:
    first = save("早")
    begun, finish = threading.Event(), threading.Event()

    def slow() -> None:
        try:
            with transaction.atomic():
                row = Specimen.objects.create(name="慢")
                ledger.record(SpecimenSaved(row.pk), actor=ACTOR, at=AT, subject=row)
                begun.set()
                finish.wait(10)
        finally:
            connection.close()

    writer = threading.Thread(target=slow)
    writer.start()
    begun.wait(10)
    quick = save("快")
    assert ledger.sequence(AT) == 2
    finish.set()
    writer.join()
    assert ledger.sequence(AT) == 1
    order = Event.objects.order_by("leaf__position").values_list("id", flat=True)
    assert list(order) != sorted(order)
    assert {ledger.history(row)[0].position for row in (first, quick)} == {0, 1}
    assert ledger.verify_all(at=AT).findings == []


@pytest.mark.django_db
def test_key_files_are_private(data_folder: Path) -> None:
    fill(1)
    found = sorted(path.name for path in data_folder.rglob("*.key"))
    assert found == ["append.key", "signing-0001.key"]
    assert {path.stat().st_mode & 0o777 for path in data_folder.rglob("*.key")} == {0o600}
    assert (data_folder / "ledger").stat().st_mode & 0o777 == 0o700
    (data_folder / "ledger" / "signing-0001.key").chmod(0o644)
    save()
    with pytest.raises(Refused, match="可被他人读取"):
        ledger.sequence(AT)


def test_two_first_starts_agree_on_one_key(tmp_path: Path) -> None:
    path = tmp_path / "append.key"
    assert keys.create(path, "aa") == keys.create(path, "bb") == b"aa"
    assert [p.name for p in tmp_path.glob("*") if p.is_file()] == ["append.key"]


@given(st.datetimes(timezones=st.timezones()))
def test_moments_sort_as_text(at: datetime) -> None:
    try:
        text = moment(at)
    except OverflowError:
        return
    assert len(text) == 27
    assert parse_moment(text) == at.astimezone(UTC)
    assert moment(datetime(1, 1, 1, tzinfo=UTC)) <= text


def test_a_line_is_one_canonical_text() -> None:
    assert line({"v": 1, "at": AT, "字": ("甲", Decimal("1.50"))}) == (
        '{"at":"2026-03-02T09:30:00.000000Z","v":1,"字":["甲","1.50"]}'
    )
    with pytest.raises(ValueError, match="JSON compliant"):
        line({"x": float("nan")})
    with pytest.raises(TypeError, match="not set"):
        line({"x": {1}})


class SealedValues(TestCase):
    """封存: what memory holds and what either database gives back have one digest."""

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        name=st.text(st.characters(exclude_characters="\x00", codec="utf-8"), max_size=50),
        amount=st.one_of(st.integers(-(2**31), 2**31 - 1), st.integers(0, 99).map(str)),
        share=st.one_of(
            st.decimals(-99999, 99999, places=2), st.integers(-9, 9), st.sampled_from(["1.5", Decimal("2.500")])
        ),
        due_on=st.one_of(st.none(), st.dates(), st.dates().map(date.isoformat)),
        done_at=st.one_of(
            st.none(),
            st.datetimes(
                EARLIEST,
                LATEST,
                timezones=st.sampled_from([UTC, timezone(timedelta(hours=8))]),
            ),
        ),
        details=st.recursive(
            st.one_of(st.booleans(), st.integers(-(2**53), 2**53), st.text("甲a\"\\'\n", max_size=5)),
            lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text("键k", max_size=3), inner)),
            max_leaves=5,
        ),
    )
    def test_memory_and_database_agree(self, **values: Any) -> None:
        row = Specimen.objects.create(**values)
        definition = definitions(Specimen)[0]
        assert definition.of_row(row) == definition.of_row(Specimen.objects.get(pk=row.pk))


@pytest.mark.django_db
def test_equal_rows_have_different_digests() -> None:
    """The salt: nobody guesses a phone number from a published digest."""
    definition = definitions(Specimen)[0]
    first, second = Specimen(pk=1, name="甲"), Specimen(pk=1, name="甲")
    assert definition.of_row(first) != definition.of_row(second)
    second.ledger_salt = first.ledger_salt
    assert definition.of_row(first) == definition.of_row(second)


@pytest.mark.django_db
def test_an_older_definition_still_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    fill(2)
    definitions.cache_clear()
    monkeypatch.setattr(Specimen, "ledger_fields", (*Specimen.ledger_fields, "remark"))
    try:
        assert "无法复核" in str(ledger.verify_all(at=AT).findings[0])
        monkeypatch.setattr(Specimen, "ledger_fields_before", (Specimen.ledger_fields[:-1],))
        definitions.cache_clear()
        save("新口径")
        assert ledger.verify_all(at=AT).ok
    finally:
        monkeypatch.undo()
        definitions.cache_clear()


@pytest.mark.django_db
def test_retiring_writes_no_digest() -> None:
    row = save()
    event = ledger.retire(SpecimenRemoved(row.pk), subject=row, actor=ACTOR, at=AT)
    assert event.entry["retired"] is True
    assert "digest" not in event.entry


def test_an_unknown_sealed_field_is_a_failed_check(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Specimen.check() == []
    monkeypatch.setattr(Specimen, "ledger_fields", ("name", "nonsense"))
    assert [message.id for message in Specimen.check()] == ["ledger.E001"]
