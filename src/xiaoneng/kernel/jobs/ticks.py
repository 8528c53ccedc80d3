"""定时: runs what is due by the clock, each pass in one process only."""

from __future__ import annotations

import logging
import threading
from contextlib import nullcontext
from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError, close_old_connections, connection, transaction
from django.utils import timezone

from xiaoneng.kernel.jobs.models import Tick
from xiaoneng.kernel.jobs.registry import Periodic, periodic

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
RETRY_SECONDS = 60
SKEW = timedelta(minutes=1)


def run_ticks(stop: threading.Event) -> None:
    """定时的循环: looks once a second for what is due, until `stop`."""
    while not stop.is_set():
        try:
            close_old_connections()
            run_due(timezone.now())
        except (OperationalError, InterfaceError):
            log.exception("the database does not answer; trying again")
            connection.close()
        stop.wait(LOOK_SECONDS)


def run_due(at: datetime) -> list[str]:
    """到期的各跑一次; the names of the passes that this process ran."""
    return [item.name for item in periodic() if _run(item, at)]


def _run(item: Periodic, at: datetime) -> bool:
    try:
        with transaction.atomic() if item.atomic else nullcontext():
            if not _begin(item, at):
                return False
            item.function(at)
    except (OperationalError, InterfaceError):
        _again_soon(item, at)
        raise
    except Exception:
        log.exception("tick %s failed", item.name)
        _again_soon(item, at)
    return True


def _begin(item: Periodic, at: datetime) -> bool:
    """Compare-and-set: True for the one process that may run this pass."""
    tick, created = Tick.objects.get_or_create(name=item.name, defaults={"last_at": at})
    if created:
        return True
    # Due when the period is over, or when the clock was set back: by more than processes differ among themselves.
    if tick.last_at - SKEW <= at < tick.last_at + timedelta(seconds=item.seconds):
        return False
    return bool(Tick.objects.filter(name=item.name, passes=tick.passes).update(last_at=at, passes=tick.passes + 1))


def _again_soon(item: Periodic, at: datetime) -> None:
    soon = at - timedelta(seconds=item.seconds - min(item.seconds, RETRY_SECONDS))
    Tick.objects.filter(name=item.name).update(last_at=soon, failed_at=at)
