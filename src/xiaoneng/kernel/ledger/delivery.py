"""投递: subscribers hear each fact once in effect, in ledger order.

The handler's writes and the step of its cursor are one transaction, so a process killed at any moment leaves either
both or neither. A fact that a handler cannot take is tried again after growing pauses, then parked and shown; the
others go on.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction

from xiaoneng.foundation.refusals import Refused
from xiaoneng.kernel.ledger import tree
from xiaoneng.kernel.ledger.models import Cursor, Event, Failure, Leaf
from xiaoneng.kernel.ledger.subscriptions import Subscription, revive, subscriptions

WINDOW = 1000
PAUSES = (timedelta(seconds=2), timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=10))
log = logging.getLogger(__name__)


def deliver(at: datetime) -> int:
    """投递一遍: give every subscriber what has been sequenced since its last turn; how many facts were handled."""
    end = tree.size()
    return sum(_serve(subscription, end, at) for subscription in subscriptions())


def redeliver(failure_id: int) -> None:
    """重新投递: a parked fact once more. Raises `Refused` where its subscriber no longer exists."""
    with transaction.atomic():
        failure = Failure.objects.select_for_update().filter(id=failure_id, parked=True).first()
        if failure is None:
            return
        found = [each for each in subscriptions() if each.name == failure.cursor_id]
        if not found:
            raise Refused(f"订阅者“{failure.cursor_id}”已不存在，不能重新投递。")
        _hand_over(found[0], failure.event)
        failure.delete()


def _serve(subscription: Subscription, end: int, at: datetime) -> int:
    cursor, _ = Cursor.objects.get_or_create(name=subscription.name)
    handled = 0
    while cursor.position < end:
        start, stop = cursor.position, min(cursor.position + WINDOW, end)
        window = Leaf.objects.filter(position__gte=start, position__lt=stop, event__kind=subscription.fact.kind)
        for position in list(window.order_by("position").values_list("position", flat=True)):
            outcome = _deliver_one(subscription, position, at)
            if outcome is None:
                return handled
            handled += outcome
        _move(subscription.name, stop)
        cursor.position = stop
    return handled


def _deliver_one(subscription: Subscription, position: int, at: datetime) -> int | None:
    """1 handled, 0 already handled elsewhere or parked, None when it has to wait."""
    event = Event.objects.get(leaf__position=position)
    failure = Failure.objects.filter(cursor=subscription.name, event=event, parked=False).first()
    if failure is not None and failure.retry_at > at:
        return None
    try:
        with transaction.atomic():
            cursor = Cursor.objects.select_for_update().get(name=subscription.name)
            if cursor.position > position:
                return 0
            _hand_over(subscription, event)
            Cursor.objects.filter(name=subscription.name).update(position=position + 1)
            Failure.objects.filter(cursor=cursor, event=event).delete()
    except Exception as error:
        log.exception("%s cannot handle event %d", subscription.name, event.id)
        return 0 if _note_failure(subscription, event, position, error, at) else None
    return 1


def _hand_over(subscription: Subscription, event: Event) -> None:
    subscription.handler(revive(subscription.fact, event.payload), event)


def _note_failure(subscription: Subscription, event: Event, position: int, error: Exception, at: datetime) -> bool:
    """Count the attempt; whether the fact is now parked."""
    with transaction.atomic():
        failure, _ = Failure.objects.select_for_update().get_or_create(
            cursor_id=subscription.name, event=event, defaults={"retry_at": at}
        )
        failure.attempts += 1
        failure.parked = failure.attempts > len(PAUSES)
        failure.retry_at = at if failure.parked else at + PAUSES[failure.attempts - 1]
        failure.error = f"{type(error).__name__}: {error}"[:500]
        failure.save()
        if failure.parked:
            _move(subscription.name, position + 1)
    return failure.parked


def _move(name: str, position: int) -> None:
    # Never back: two processes may serve one subscriber.
    Cursor.objects.filter(name=name, position__lt=position).update(position=position)
