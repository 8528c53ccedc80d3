"""记账: append facts in the transaction of the state that they describe."""

from __future__ import annotations

import hmac
import os
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from xiaoneng.events import Fact
from xiaoneng.foundation.actors import Actor
from xiaoneng.kernel.ledger import keys
from xiaoneng.kernel.ledger.canonical import line, moment
from xiaoneng.kernel.ledger.digest import definitions
from xiaoneng.kernel.ledger.models import Event, Ledgered

CHUNK = 400


def record(fact: Fact, *, actor: Actor, at: datetime, subject: Ledgered | None = None) -> Event:
    """记一事件: append `fact` in the caller's transaction; with `subject`, seal that row as it was just saved.

    Raises `TransactionManagementError` outside `atomic`, `ValueError` for an unsaved subject.
    """
    return record_many([(fact, subject)], actor=actor, at=at)[0]


def record_many(facts: Sequence[tuple[Fact, Ledgered | None]], *, actor: Actor, at: datetime) -> list[Event]:
    """记多事件: many facts of one act (an import), in their order, with few statements."""
    stamp = moment(at)
    return _append([_line(fact, subject, actor, stamp) for fact, subject in facts])


def retire(fact: Fact, *, subject: Ledgered, actor: Actor, at: datetime) -> Event:
    """销账: the last event of a row that is deleted in this transaction."""
    return _append([_line(fact, subject, actor, moment(at), retired=True)])[0]


def _line(fact: Fact, subject: Ledgered | None, actor: Actor, stamp: str, *, retired: bool = False) -> str:
    entry: dict[str, Any] = {
        "actor": actor.id,
        "acting_for": actor.acting_for,
        "at": stamp,
        "kind": fact.kind,
        "nonce": os.urandom(8).hex(),
        "payload": fact.payload(),
        "v": fact.schema,
    }
    if not fact.kind:
        raise ValueError(f"{type(fact).__name__} has no kind")
    if subject is not None:
        if subject.pk is None:
            raise ValueError("save the row before its event: the ledger seals what is stored")
        entry["subject"] = subject.ledger_subject
        if retired:
            entry["retired"] = True
        else:
            definition = definitions(type(subject))[0]
            entry["digest"], entry["fields"] = definition.of_row(subject), definition.tag
    return line(entry)


def _append(lines: Sequence[str]) -> list[Event]:
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("the ledger is written inside the transaction of the state")
    if not lines:
        return []
    key = keys.append_key(is_empty=lambda: not Event.objects.exists())
    events = [Event(content=text, seal=seal(key, text)) for text in lines]
    with connection.cursor() as cursor:
        for start in range(0, len(events), CHUNK):
            batch = events[start : start + CHUNK]
            places = ",".join(["(%s,%s)"] * len(batch))
            cursor.execute(
                f"INSERT INTO ledger_event (content, seal) VALUES {places} RETURNING id",  # noqa: S608
                [value for event in batch for value in (event.content, bytes(event.seal))],
            )
            for event, (number,) in zip(batch, sorted(cursor.fetchall()), strict=True):
                event.id = number
                event._state.adding = False
    return events


def seal(key: bytes, content: str) -> bytes:
    """入账封印: HMAC-SHA-256 of the content."""
    return hmac.digest(key, content.encode(), "sha256")
