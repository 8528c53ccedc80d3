"""编入: committed events get their places in the tree, in the order in which the sequencer sees them."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import connection, transaction

from xiaoneng.foundation import merkle
from xiaoneng.kernel.ledger import keys, locks, services, signing, tree
from xiaoneng.kernel.ledger.models import Cursor, Leaf

BATCH = 4096
SETTLED = "ledger.settled"
PENDING = """
    SELECT e.id, e.content, e.seal FROM ledger_event e
    WHERE e.id > %s AND NOT EXISTS (SELECT 1 FROM ledger_leaf l WHERE l.event_id = e.id) ORDER BY e.id LIMIT %s
"""
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
        with connection.cursor() as cursor:
            cursor.execute(PENDING, [max(after, cursor_row.position), BATCH])
            pending = cursor.fetchall()
        if not pending:
            return after, 0, False
        count = tree.size()
        signing.check_unbroken(count)
        genuine = list(genuine_of(pending))
        if len(genuine) < len(pending):
            log.error("%d events were not written by this system and get no place", len(pending) - len(genuine))
        hashes = [value for _, value in genuine]
        leaves = [Leaf(position=count + i, event_id=number, hash=value) for i, (number, value) in enumerate(genuine)]
        Leaf.objects.bulk_create(leaves, batch_size=300)
        tree.grow(count, hashes)
        if leaves:
            signing.sign_head(count + len(leaves), at)
        return pending[-1][0], len(genuine), len(pending) == BATCH


def genuine_of(pending: Sequence[tuple[int, str, bytes]]) -> Iterator[tuple[int, bytes]]:
    """Ids and leaf hashes of the events that this system wrote, each once: a copy of an earlier event is not one."""
    key = keys.append_key(is_empty=lambda: not pending)
    hashes = [merkle.leaf_hash(text.encode()) for _, text, _ in pending]
    seen: set[bytes] = set()
    for start in range(0, len(hashes), 400):
        placed = Leaf.objects.filter(hash__in=hashes[start : start + 400])
        seen.update(bytes(value) for value in placed.values_list("hash", flat=True))
    for (number, text, seal), value in zip(pending, hashes, strict=True):
        if value not in seen and hmac.compare_digest(services.seal(key, text), bytes(seal)):
            seen.add(value)
            yield number, value
