"""日历: the shipped notices with those entered since laid over them."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from django.db.models import Max

from xiaoneng.foundation.worktime import Calendar, seeded
from xiaoneng.kernel.worktime.models import EnteredNotice, ShippedNotice


def current_version(at: datetime | None = None) -> int:
    """版本号: how many notices had been entered by `at` (None: now)."""
    entered = EnteredNotice.objects.all() if at is None else EnteredNotice.objects.filter(entered_at__lte=at)
    return entered.aggregate(last=Max("version"))["last"] or 0


def calendar(at: datetime | None = None, *, version: int | None = None) -> Calendar:
    """工作日历: the current one, the one in force at `at`, or a given version (0: as shipped)."""
    wanted = current_version(at) if version is None else version
    notices = EnteredNotice.objects.filter(version__lte=wanted).order_by("version")
    shipped = ShippedNotice.objects.order_by("pk")
    # The digests are part of the key: a test database or a restored backup may reuse version numbers.
    return _build(
        wanted,
        tuple(shipped.values_list("year", "title", "number", "full", "days")),
        tuple(notices.values_list("year", "title", "number", "full", "days")),
    )


Row = tuple[int, str, str, bool, str]


@lru_cache(maxsize=16)
def _build(version: int, shipped: tuple[Row, ...], entered: tuple[Row, ...]) -> Calendar:
    # A table emptied by hand (or by a test) leaves the calendar of the file, never plain weekdays.
    found = Calendar({}, frozenset()) if shipped else seeded()
    for year, title, number, full, days in shipped + entered:
        row = ShippedNotice(year=year, title=title, number=number, full=full, days=days)
        found = found.with_days(row.special_days, year=year, full=full, version=f"{version}")
    return found


def entered_notices() -> list[EnteredNotice]:
    """录入过的通知, newest first."""
    return list(EnteredNotice.objects.order_by("-version"))
