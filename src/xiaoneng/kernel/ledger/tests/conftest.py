"""Fixtures of the ledger's tests: a data folder of their own, specimens, and what an intruder does."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from xiaoneng.foundation.actors import Actor
from xiaoneng.kernel.ledger import api as ledger
from xiaoneng.kernel.ledger import guards
from xiaoneng.kernel.ledger.tests.specimens.models import Specimen, SpecimenSaved

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
ACTOR = Actor("person:1")


@pytest.fixture(autouse=True)
def data_folder(settings: Any, tmp_path: Path) -> Path:
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()
    return tmp_path / "data"


def save(name: str = "甲", **values: Any) -> Specimen:
    """A specimen saved properly: row and event in one transaction."""
    with transaction.atomic():
        row = Specimen.objects.create(name=name, **values)
        ledger.record(SpecimenSaved(row.pk), actor=ACTOR, at=AT, subject=row)
    return row


def fill(count: int) -> list[Specimen]:
    """Many specimens and their events, sequenced under a signed head."""
    with transaction.atomic():
        rows = Specimen.objects.bulk_create([Specimen(name=f"第{i}") for i in range(count)])
        ledger.record_many([(SpecimenSaved(row.pk), row) for row in rows], actor=ACTOR, at=AT)
    ledger.sequence(AT)
    return rows


@pytest.fixture
def tamper() -> Callable[..., None]:
    """What somebody with the database's password does: lift the triggers, write, set them again."""

    def run(*statements: str) -> None:
        guards.lift(connection)
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA foreign_keys=OFF")
            else:
                cursor.execute("SET session_replication_role = replica")
            for statement in statements:
                cursor.execute(statement)
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA foreign_keys=ON")
            else:
                cursor.execute("SET session_replication_role = DEFAULT")
        guards.install(connection)

    return run


@pytest.fixture
def shared_database(transactional_db: None, tmp_path: Path) -> Iterator[str]:
    """A database that other threads and processes can use: SQLite's test database is moved from memory to a file."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or not connection.is_in_memory_db():  # type: ignore[attr-defined]
        yield name
        return
    connection.ensure_connection()
    memory, file = connection.connection, tmp_path / "shared.sqlite3"
    with closing(sqlite3.connect(file)) as copy:
        memory.backup(copy)
    connection.settings_dict["NAME"], connection.connection = str(file), None
    yield str(file)
    connection.close()
    connection.settings_dict["NAME"], connection.connection = name, memory


def codes(report: Any) -> list[tuple[str, str]]:
    return [(finding.code, finding.where) for finding in report.findings]
