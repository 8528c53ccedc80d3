"""日历订阅的生成与停用: the only verbs of the desk."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from django.db import transaction

from xiaoneng.desk.models import CalendarFeed
from xiaoneng.events.desk import FeedIssued, FeedRevoked
from xiaoneng.kernel.ledger import api as ledger
from xiaoneng.kernel.organisation import api as organisation
from xiaoneng.kernel.organisation.api import User


def digest(token: str) -> str:
    """摘要: what is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def issue_feed(person: User, *, scope: CalendarFeed.Scope, at: datetime) -> tuple[CalendarFeed, str]:
    """生成订阅: a new secret address for a person's own calendar; the one before it ends. The token is shown once."""
    # The person's row is the lock: two presses at once must not leave two addresses.
    User.objects.select_for_update().get(pk=person.pk)
    revoke_feed(person, at=at)
    token = secrets.token_urlsafe(32)
    feed = CalendarFeed.objects.create(person=person, scope=scope, digest=digest(token), issued_at=at)
    ledger.record(FeedIssued(feed.pk, scope.value), actor=organisation.actor_of(person), at=at, subject=feed)
    return feed, token


@transaction.atomic
def revoke_feed(person: User, *, at: datetime) -> None:
    """停用订阅; nothing happens where there is none."""
    feed = CalendarFeed.objects.select_for_update().filter(person=person, revoked_at=None).first()
    if feed is None:
        return
    feed.revoked_at = at
    feed.save(update_fields=["revoked_at"])
    ledger.record(FeedRevoked(feed.pk), actor=organisation.actor_of(person), at=at, subject=feed)
