"""投递: how far each subscriber has come."""

from __future__ import annotations

from django.db import models


class Cursor(models.Model):
    """游标: the next position that a subscriber (or another reader of the ledger) has not yet handled."""

    name = models.CharField(max_length=100, primary_key=True)
    position = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} {self.position}"


class Failure(models.Model):
    """投递失败: an event that a subscriber could not handle; `parked` once the retries are used up."""

    cursor = models.ForeignKey(Cursor, on_delete=models.CASCADE, related_name="failures")
    event = models.ForeignKey("ledger.Event", on_delete=models.PROTECT, related_name="+")
    attempts = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField()
    parked = models.BooleanField(default=False)
    error = models.CharField(max_length=500)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["cursor", "event"], name="ledger_failure_once"),)

    def __str__(self) -> str:
        return f"{self.cursor_id} {self.event_id}"
