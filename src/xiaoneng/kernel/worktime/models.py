"""日历的版本: what the program shipped with, and each notice entered since, in order."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from xiaoneng.foundation.worktime import Notice, SpecialDay
from xiaoneng.kernel.ledger.api import Ledgered


def encode(days: Iterable[SpecialDay]) -> str:
    """日期的规范写法: one JSON text, ordered by day."""
    rows = [[s.day.isoformat(), s.off, s.name] for s in sorted(days, key=lambda s: s.day)]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


class NoticeDays(models.Model):
    """一份通知的日期. `full` when it arranges a whole year, else it overrides the days it names."""

    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    number = models.CharField(max_length=60, blank=True)
    full = models.BooleanField()
    days = models.TextField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.notice)

    @property
    def notice(self) -> Notice:
        return Notice(self.year, self.title, self.number)

    @property
    def special_days(self) -> list[SpecialDay]:
        notice = self.notice
        return [SpecialDay(date.fromisoformat(day), off, name, notice) for day, off, name in json.loads(self.days)]

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.days.encode()).hexdigest()


class ShippedNotice(NoticeDays):
    """随程序的通知: version 0 of the calendar, written by a data migration."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["title"], name="worktime_shipped_once"),
            models.CheckConstraint(condition=Q(year__range=(1949, 2199)), name="worktime_shipped_year"),
        ]


class EnteredNotice(NoticeDays, Ledgered):
    """录入的通知: `version` counts from 1; in force in this system from `entered_at`. Rows are never changed."""

    ledger_fields = ("version", "year", "title", "number", "full", "days", "issued_on", "entered_at")

    version = models.PositiveIntegerField(unique=True)
    issued_on = models.DateField(null=True)
    entered_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(version__gte=1), name="worktime_entered_version"),
            models.CheckConstraint(condition=Q(year__range=(1949, 2199)), name="worktime_entered_year"),
        ]
