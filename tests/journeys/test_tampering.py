"""A plan is started; then somebody with the database file in hand changes the past, and is found out."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.conftest import EXAMPLE, Command, command_line

CHANGES = {
    "one bit of an event": "UPDATE ledger_event SET content = replace(content, '\"v\":1', '\"v\":0') WHERE id = 9",
    "an event deleted": "DELETE FROM ledger_event WHERE id = 9",
    "two events swapped": """
        CREATE TEMP TABLE pair AS SELECT id, content, seal FROM ledger_event WHERE id IN (9, 10);
        UPDATE ledger_event SET content = (SELECT content FROM pair WHERE id = 19 - ledger_event.id),
            seal = (SELECT seal FROM pair WHERE id = 19 - ledger_event.id) WHERE id IN (9, 10)""",
    "a task row edited": "UPDATE programme_task SET title = title || '（改）' WHERE number = 3",
    "a task row deleted": "PRAGMA foreign_keys=OFF; DELETE FROM programme_task WHERE number = 3",
}


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of an installation that runs the example plan."""
    folder = tmp_path_factory.mktemp("installation")
    run = command_line(folder)("import", EXAMPLE, "--yes")
    assert run.returncode == 0, run.stderr
    assert command_line(folder)("ledger", "verify").returncode == 0
    return folder


@pytest.fixture
def started(installation: Path, data: Path) -> Path:
    """The database of a copy of it, to be changed."""
    shutil.copytree(installation, data)
    return data / "xiaoneng.sqlite3"


def tamper(database: Path, script: str) -> None:
    with sqlite3.connect(database) as connection:
        guards = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in guards:
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.executescript(script)


@pytest.mark.parametrize("script", CHANGES.values(), ids=CHANGES.keys())
def test_a_changed_past_is_found(started: Path, xiaoneng: Command, script: str) -> None:
    tamper(started, script)
    run = xiaoneng("ledger", "verify")
    assert run.returncode == 1
    assert "核验" in run.stdout
    assert "Traceback" not in run.stderr


def test_the_database_itself_refuses_to_change_the_past(started: Path) -> None:
    with sqlite3.connect(started) as connection:
        for statement in ("UPDATE ledger_event SET content = '{}'", "DELETE FROM ledger_event"):
            with pytest.raises(sqlite3.IntegrityError):
                connection.execute(statement)


def test_a_stranger_verifies_the_bundle_without_the_system(started: Path, xiaoneng: Command, tmp_path: Path) -> None:
    bundle = tmp_path / "bundle"
    assert xiaoneng("ledger", "export", bundle).returncode == 0
    command = [sys.executable, "-I", str(bundle / "verify.py"), str(bundle)]
    honest = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert honest.returncode == 0, honest.stdout + honest.stderr
    events = next(path for path in bundle.rglob("events*") if path.is_file())
    content = bytearray(events.read_bytes())
    content[len(content) // 2] ^= 1
    events.write_bytes(content)
    assert subprocess.run(command, capture_output=True, timeout=120, check=False).returncode != 0


def test_the_same_plan_again_changes_nothing(started: Path, xiaoneng: Command) -> None:
    before = sqlite3.connect(started).execute("SELECT count(*) FROM ledger_event").fetchone()
    again = xiaoneng("import", EXAMPLE, "--yes")
    assert again.returncode == 0
    assert "已导入" in again.stdout
    assert sqlite3.connect(started).execute("SELECT count(*) FROM ledger_event").fetchone() == before
