"""Tasks for the tests, and the body of the processes that the tests start and kill."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection

from xiaoneng.kernel.jobs import api as jobs
from xiaoneng.kernel.jobs.models import Job

# Read at each call, so that each test process says where to leave its signs.
SIGNS = "JOBS_TEST_SIGNS"


def sign(name: str) -> None:
    """A file that tells another process how far this one is."""
    folder = os.environ.get(SIGNS)
    if folder:
        with (Path(folder) / name).open("a") as file:
            file.write(f"{os.getpid()}\n")


def wait_for(path: Path, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not path.exists():
        if time.monotonic() > until:
            raise TimeoutError(path)
        time.sleep(0.02)


def mark(number: int) -> None:
    """The effect: one row in a table of the test's own."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO jobs_test_effect (number) VALUES (%s)", [number])


def marks() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM jobs_test_effect ORDER BY number")
        return [row[0] for row in cursor.fetchall()]


@jobs.task()
def note(*, number: int) -> None:
    mark(number)


@jobs.task(attempts=3)
def stumble(*, number: int) -> None:
    mark(number)
    raise ZeroDivisionError("stumbled")


@jobs.task()
def hang_first(*, number: int) -> None:
    """Writes, then hangs the first time (until it is killed) and goes through the second time."""
    mark(number)
    first = not (Path(os.environ[SIGNS]) / "started").exists()
    sign("started")
    if first:
        time.sleep(600)


@jobs.task(long=True)
def long_hang_first(run: jobs.Run, *, number: int) -> None:
    first = not (Path(os.environ[SIGNS]) / "started").exists()
    sign("started")
    if first:
        time.sleep(600)
    with run.commit():
        mark(number)


@jobs.task(long=True)
def usurped(run: jobs.Run, *, number: int) -> None:
    """Another run takes the job before this one commits."""
    Job.objects.filter(pk=run.job.pk).update(lease=None)
    with run.commit():
        mark(number)


def main(act: str, *arguments: Any) -> None:

    if act == "prepare":
        call_command("migrate", interactive=False, verbosity=0, skip_checks=True)
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE jobs_test_effect (number integer NOT NULL)")
    elif act == "enqueue":
        jobs.enqueue(globals()[arguments[0]], key=arguments[1], number=int(arguments[2]))
    elif act == "work":
        jobs.run_worker(threading.Event(), lease_seconds=1.0, beat_seconds=0.2)
    elif act == "report":
        print(report(until=arguments[0] if arguments else ""))


def report(until: str, seconds: float = 60) -> str:
    """What stands in the database, as soon as it holds the word `until`."""
    limit = time.monotonic() + seconds
    while True:
        states = [f"{j.result.status}/{j.attempts}" for j in Job.objects.select_related("result").order_by("pk")]
        text = f"{marks()} {' '.join(states)}"
        if until in text or time.monotonic() > limit:
            return text
        time.sleep(0.1)
