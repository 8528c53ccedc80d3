"""有效期: rows that hold from one day until another."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypeVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

Row = TypeVar("Row", bound=models.Model)


def day_of(at: datetime) -> date:
    """当日: the calendar day of a moment in the site's time zone."""
    return timezone.localtime(at).date()


def holds_on(day: date, prefix: str = "") -> Q:
    """在 `day` 有效: the condition on `valid_from`/`valid_until`, for a relation with `prefix` "unit__"."""
    start, end = f"{prefix}valid_from", f"{prefix}valid_until"
    return Q(**{f"{start}__lte": day}) & (Q(**{end: None}) | Q(**{f"{end}__gt": day}))


def overlaps(start: date, end: date | None) -> Q:
    """与 [start, end) 有重叠: half-open intervals, None is endless; a row ended on its first day meets nothing."""
    later = Q(valid_until=None) | (Q(valid_until__gt=start) & Q(valid_until__gt=F("valid_from")))
    return later if end is None else later & Q(valid_from__lt=end)


class DatedQuerySet(models.QuerySet[Row]):
    """有效期查询集."""

    def on(self, day: date) -> DatedQuerySet[Row]:
        """在该日有效的行."""
        return self.filter(holds_on(day))


class Dated(models.Model):
    """有效期: half-open, so that what is ended today no longer holds today.

    `valid_until` is the first day on which the row no longer holds; None is endless.
    """

    valid_from = models.DateField("生效日期")
    valid_until = models.DateField("失效日期", null=True, blank=True)

    objects: Any = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_dates_in_order",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
            )
        ]

    def holds(self, day: date) -> bool:
        """在该日有效."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)
