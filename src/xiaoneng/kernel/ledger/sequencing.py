"""编入: committed events get their places in the tree, in the order in which the sequencer sees them."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction

from xiaoneng.foundation import merkle
from xiaoneng.kernel.ledger import keys, locks, services, signing, statements, tree
from xiaoneng.kernel.ledger.models import Cursor

BATCH = 8192
SETTLED = "ledger.settled"
IDS = "SELECT id FROM ledger_event WHERE id > %s ORDER BY id LIMIT %s"
PLACED = "SELECT event_id FROM ledger_leaf WHERE event_id >= %s AND event_id <= %s"
CONTENTS = "SELECT id, content, seal FROM ledger_event WHERE id IN {}"
COPIES = "SELECT hash FROM ledger_leaf WHERE hash IN {}"
Pending = tuple[int, str, bytes]
log = logging.getLogger(__name__)


def sequence(at: datetime) -> int:
    """编入一遍: give a place to every committed event that has none and sign a head over them; how many were new.

    An event that the system did not write (its seal is wrong, or it is a copy) gets no place; verification reports it.
    Raises `Refused` where the tree contradicts a signed head.
    """
    final = locks.settled()
    total, last, more = 0, 0, True
    while more:
        last, placed, more = _place(last, at)
        total += placed
    if final is not None:
        Cursor.objects.filter(name=SETTLED, position__lt=final).update(position=final)
    return total


def _place(after: int, at: datetime) -> tuple[int, int, bool]:
    """Place a batch of events with ids above `after` and sign the new head in the same transaction.

    The last id seen, how many were placed, whether more may wait.
    """
    with transaction.atomic():
        locks.take(locks.SEQUENCER)
        cursor_row, _ = Cursor.objects.get_or_create(name=SETTLED)
        last, pending = unplaced(max(after, cursor_row.position))
        if not pending:
            return last, 0, last > after
        count = tree.size()
        signing.check_unbroken(count)
        genuine = list(genuine_of(pending))
        if len(genuine) < len(pending):
            log.error("%d events were not written by this system and get no place", len(pending) - len(genuine))
        if genuine:
            leaves = [(count + i, number, value) for i, (number, value) in enumerate(genuine)]
            statements.insert("ledger_leaf", ("position", "event_id", "hash"), leaves)
            tree.grow(count, [value for _, value in genuine])
            signing.sign_head(count + len(genuine), at)
        return last, len(genuine), True


def unplaced(after: int) -> tuple[int, list[Pending]]:
    """未编入: of the next batch of events with ids above `after`, the last id, and those that have no place."""
    ids = [number for (number,) in statements.select(IDS, [after, BATCH])]
    if not ids:
        return after, []
    placed = {number for (number,) in statements.select(PLACED, [ids[0], ids[-1]])}
    return ids[-1], sorted(statements.select_in(CONTENTS, (number for number in ids if number not in placed)))


def genuine_of(pending: Sequence[Pending]) -> Iterator[tuple[int, bytes]]:
    """Ids and leaf hashes of the events that this system wrote, each once: a copy of an earlier event is not one."""
    key = keys.append_key(is_empty=lambda: not pending)
    hashes = [merkle.leaf_hash(text.encode()) for _, text, _ in pending]
    seen = {bytes(value) for (value,) in statements.select_in(COPIES, hashes)}
    for (number, text, seal), value in zip(pending, hashes, strict=True):
        if value not in seen and hmac.compare_digest(services.seal(key, text), bytes(seal)):
            seen.add(value)
            yield number, value
