"""锁: one sequencer at a time. SQLite has one writer anyway (transactions are IMMEDIATE)."""

from __future__ import annotations

from django.db import OperationalError, connection, transaction
from django.db.models import Max

from xiaoneng.kernel.ledger.models import Event

SEQUENCER = 7_102_016


def take(number: int) -> None:
    """Until the end of the transaction."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def settled() -> int | None:
    """已定编号: an id up to which no event can still appear; None where somebody is writing just now.

    PostgreSQL commits out of id order: an event that is not visible yet may have a smaller id than one that is. Its
    writer holds ROW EXCLUSIVE on the table from before the id is drawn until it commits, so SHARE is granted only
    when there is no such writer.
    """
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("LOCK TABLE ledger_event IN SHARE MODE NOWAIT")
            return Event.objects.aggregate(last=Max("id"))["last"] or 0
    except OperationalError:
        return None
