from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from django.db import models

from xiaoneng.events import Fact
from xiaoneng.kernel.ledger.api import Ledgered


class Specimen(Ledgered):
    """样本: a ledgered row with one field of each kind that needs care."""

    ledger_fields = ("name", "amount", "share", "due_on", "done_at", "details", "parent")

    name = models.CharField(max_length=50)
    amount = models.IntegerField(default=0)
    share = models.DecimalField(max_digits=8, decimal_places=2, default=Decimal)
    due_on = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    details = models.JSONField(default=dict)
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE)
    remark = models.CharField(max_length=50, default="")

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class SpecimenSaved(Fact):
    """样本已存."""

    kind: ClassVar[str] = "specimens.saved"
    specimen_id: int
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SpecimenRemoved(Fact):
    """样本已删."""

    kind: ClassVar[str] = "specimens.removed"
    specimen_id: int
