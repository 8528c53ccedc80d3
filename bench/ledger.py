"""Claim: appending to the ledger keeps at least 60 % of the rate of the same inserts without it, on SQLite and
PostgreSQL; verification stays within 3 times of hashing the same bytes with hashlib; a million events verify in bounded
memory.

Peers, in the same run: the same business inserts without the ledger (one row per transaction, and a thousand); hashlib
over the very bytes that a Merkle tree hashes (each event, each pair of nodes), already in memory, one `sha256` each.
For the record also against the events' bytes alone, which no tree can do with. Appending is timed by the clock, for it
waits for the disk; verification by the process's own work where the database is in it (SQLite), else by the clock.
Ratios of medians, with min/median/max.

    .venv/bin/python bench/ledger.py [EVENTS]            SQLite, in a temporary folder
    DATABASE_URL=postgres://… .venv/bin/python bench/ledger.py [EVENTS]
"""

from __future__ import annotations

import gc
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
os.environ.setdefault("XN_TEST_DB", "xiaoneng_bench_ledger")

import django

django.setup()

# ruff: noqa: E402
from django.conf import settings
from django.db import connection, transaction
from django.test.runner import DiscoverRunner

from xiaoneng.foundation.actors import Actor
from xiaoneng.kernel.ledger import api as ledger
from xiaoneng.kernel.ledger.models import Event
from xiaoneng.kernel.ledger.tests.specimens.models import Specimen, SpecimenSaved
from xiaoneng.kernel.ledger.verification import chain, heads, rows
from xiaoneng.kernel.ledger.verification.report import Report

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
ACTOR = Actor("person:12")
SINGLE, BULK, REPEATS, VERIFICATIONS = 200, 1000, 9, 3


def specimen(number: int) -> Specimen:
    return Specimen(name=f"第{number}件", amount=number, done_at=AT, details={"序号": number, "单位": "综合一处"})


def one_by_one(*, with_ledger: bool) -> None:
    for number in range(SINGLE):
        with transaction.atomic():
            row = specimen(number)
            row.save(force_insert=True)
            if with_ledger:
                ledger.record(SpecimenSaved(row.pk), actor=ACTOR, at=AT, subject=row)


def in_bulk(*, with_ledger: bool) -> None:
    with transaction.atomic():
        made = Specimen.objects.bulk_create([specimen(number) for number in range(BULK)])
        if with_ledger:
            ledger.record_many([(SpecimenSaved(row.pk), row) for row in made], actor=ACTOR, at=AT)


def timed(work: Callable[[], object], *, waits: bool = False) -> float:
    clock = time.process_time if connection.vendor == "sqlite" and not waits else time.perf_counter
    gc.collect()
    begin = clock()
    work()
    return clock() - begin


def show(name: str, times: list[float], count: int) -> float:
    each = sorted(t / count * 1e6 for t in times)
    print(f"  {name:<44}{each[0]:>9.2f}{statistics.median(each):>9.2f}{each[-1]:>9.2f}")
    return statistics.median(each)


def compare_append(title: str, work: Callable[..., None], count: int) -> None:
    work(with_ledger=True), work(with_ledger=False)
    without, with_it = [], []
    for _ in range(REPEATS):
        without.append(timed(lambda: work(with_ledger=False), waits=True))
        with_it.append(timed(lambda: work(with_ledger=True), waits=True))
    print(f"{title}: µs per row                                 min   median      max")
    plain = show("business rows only", without, count)
    sealed = show("business rows and events", with_it, count)
    print(f"  → {plain / sealed:.0%} of the rate without the ledger (wanted: at least 60 %)")


def verify_chain(report: Report) -> None:
    keys = heads.check_keys(report)
    chain.check(report, keys, heads.claims(report, []))


def compare_verification(events: int) -> None:
    print(f"\nfilling up to {events:,} events …", flush=True)
    with connection.cursor() as cursor:  # the rows of the comparison that have no events would be findings
        cursor.execute(
            "DELETE FROM specimens_specimen WHERE NOT EXISTS (SELECT 1 FROM ledger_event"
            " WHERE subject = 'specimens.specimen:' || specimens_specimen.id)"
        )
    made = Event.objects.count()
    while made < events:
        in_bulk(with_ledger=True)
        made += BULK
    spent = timed(lambda: ledger.sequence(AT))
    size = Event.objects.count()
    print(f"  sequenced and signed: {spent / size * 1e6:.1f} µs per event")

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    reports = [Report(size=size) for _ in range(VERIFICATIONS)]
    verification = [timed(lambda report=report: verify_chain(report)) for report in reports]  # type: ignore[misc]
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - peak
    assert all(report.ok and report.heads for report in reports), reports[0].findings[:3]

    report = Report(size=size)
    business = timed(lambda: rows.check(report))

    lines = [content.encode() for content in Event.objects.values_list("content", flat=True).iterator(chunk_size=5000)]
    length = sum(map(len, lines)) / size
    pairs = [b"p" * 65] * (size - 1)
    only = [timed(lambda: hash_all(lines)) for _ in range(VERIFICATIONS)]
    same = [timed(lambda: (hash_all(lines), hash_all(pairs))) for _ in range(VERIFICATIONS)]
    print(f"verification of {size:,} events of {length:.0f} bytes: µs per event      min   median      max")
    hashing = show("hashlib: events and pairs of nodes, in memory", same, size)
    events_only = show("hashlib: events alone, in memory", only, size)
    verifying = show("verify: read, events, tree, heads, signatures", verification, size)
    print(f"  → {verifying / hashing:.2f} times hashing the same bytes (wanted: at most 3)")
    print(f"  → {verifying / events_only:.2f} times hashing the events alone; memory grew by {grown / 1024:.1f} MiB")
    print(
        f"  business rows against their last events: {business / report.rows * 1e6:.1f} µs per row of {report.rows:,}"
    )


def hash_all(pieces: list[bytes]) -> list[bytes]:
    return [sha256(piece).digest() for piece in pieces]


def main() -> None:
    events = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        settings.DATA = Path(folder)
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = str(Path(folder) / "bench.sqlite3")
        runner = DiscoverRunner(verbosity=0, interactive=False)
        databases = runner.setup_databases()
        try:
            detail = "WAL, FULL, IMMEDIATE" if connection.vendor == "sqlite" else "as configured"
            print(f"{connection.vendor} ({detail}); {REPEATS} interleaved repeats")
            compare_append(f"one row per transaction, {SINGLE}", one_by_one, SINGLE)
            compare_append(f"one transaction of {BULK}", in_bulk, BULK)
            compare_verification(events)
        finally:
            runner.teardown_databases(databases)


if __name__ == "__main__":
    main()
