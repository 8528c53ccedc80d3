"""A worker killed in the middle of a job: the job runs again and its effect is there once."""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from xiaoneng.kernel.jobs.tests.work import SIGNS, wait_for

URL = os.environ.get("DATABASE_URL", "")
BODY = (
    "import sys; from xiaoneng.commands import django_ready; django_ready();"
    "from xiaoneng.kernel.jobs.tests import work; work.main(*sys.argv[1:])"
)
WORK = [sys.executable, "-c", BODY]


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The processes' own database: a SQLite file, or a database on the server that the suite runs on."""
    (tmp_path / "signs").mkdir()
    own = {**os.environ, "XIAONENG_DATA": str(tmp_path / "data"), SIGNS: str(tmp_path / "signs")}
    own["DJANGO_SETTINGS_MODULE"] = "xiaoneng.settings"
    if not URL:
        yield own
        return
    import psycopg

    name = f"jobs_killed_{secrets.token_hex(4)}"
    with psycopg.connect(URL, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        yield {**own, "DATABASE_URL": f"{URL.rpartition('/')[0]}/{name}"}
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def call(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run([*WORK, *arguments], env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize("task", ["hang_first", "long_hang_first"])
def test_killed_in_the_middle(environment: dict[str, str], tmp_path: Path, task: str) -> None:
    call(environment, "prepare")
    call(environment, "enqueue", task, "effect:7", "7")
    started = tmp_path / "signs" / "started"

    first = subprocess.Popen([*WORK, "work"], env=environment, stderr=subprocess.DEVNULL)
    try:
        wait_for(started)
    finally:
        first.send_signal(signal.SIGKILL)
        first.wait()
    assert call(environment, "report") == "[] RUNNING/1"

    second = subprocess.Popen([*WORK, "work"], env=environment, stderr=subprocess.DEVNULL)
    try:
        report = call(environment, "report", "SUCCESSFUL")
    finally:
        second.send_signal(signal.SIGKILL)
        second.wait()
    assert report == "[7] SUCCESSFUL/2"
    assert len(set(started.read_text().split())) == 2
