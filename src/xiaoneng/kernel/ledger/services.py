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
from xiaoneng.kernel.ledger import keys, statements
from xiaoneng.kernel.ledger.canonical import line, moment
from xiaoneng.kernel.ledger.digest import definitions
from xiaoneng.kernel.ledger.models import Event, Ledgered


def record(fact: Fact, *, actor: Actor, at: datetime, subject: Ledgered | None = None) -> Event:
    """记一事件: append `fact` in the caller's transaction; with `subject`, seal that row as it was just saved.

    Raises `TransactionManagementError` outside `atomic`, `ValueError` for an unsaved subject.
    """
    return record_many([(fact, subject)], actor=actor, at=at)[0]


def record_many(facts: Sequence[tuple[Fact, Ledgered | None]], *, actor: Actor, at: datetime) -> list[Event]:
    """记多事件: many facts of one act (an import), in their order, with few statements."""
    stamp, nonces = moment(at), _nonces(len(facts))
    return _append([_line(*pair, actor, stamp, nonce) for pair, nonce in zip(facts, nonces, strict=True)])


def retire(fact: Fact, *, subject: Ledgered, actor: Actor, at: datetime) -> Event:
    """销账: the last event of a row that is deleted in this transaction."""
    return _append([_line(fact, subject, actor, moment(at), *_nonces(1), retired=True)])[0]


def _line(fact: Fact, subject: Ledgered | None, actor: Actor, stamp: str, nonce: str, *, retired: bool = False) -> str:
    if not fact.kind:
        raise ValueError(f"{type(fact).__name__} has no kind")
    entry: dict[str, Any] = {
        "actor": actor.id,
        "at": stamp,
        "kind": fact.kind,
        "nonce": nonce,
        "payload": fact.payload(),
        "v": fact.schema,
    }
    if actor.acting_for:
        entry["acting_for"] = actor.acting_for
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


def _nonces(count: int) -> list[str]:
    """One call to the system for many nonces of eight bytes."""
    drawn = os.urandom(8 * count).hex()
    return [drawn[i : i + 16] for i in range(0, len(drawn), 16)]


def _append(lines: Sequence[str]) -> list[Event]:
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("the ledger is written inside the transaction of the state")
    if not lines:
        return []
    key = keys.append_key(is_empty=lambda: not Event.objects.exists())
    sealed = [(text, seal(key, text)) for text in lines]
    ids = statements.insert("ledger_event", ("content", "seal"), sealed, returning=True)
    return [_stored(number, *row) for number, row in zip(ids, sealed, strict=True)]


def _stored(number: int, content: str, mark: bytes) -> Event:
    event = Event(number, content, mark)
    event._state.adding = False
    return event


def seal(key: bytes, content: str) -> bytes:
    """入账封印: HMAC-SHA-256 of the content."""
    return hmac.digest(key, content.encode(), "sha256")
