"""入账之行: a business row whose values the ledger seals."""

from __future__ import annotations

import secrets
from typing import Any, ClassVar

from django.core import checks
from django.core.exceptions import FieldDoesNotExist
from django.db import models


def new_salt() -> bytes:
    return secrets.token_bytes(16)


class Ledgered(models.Model):
    """入账之行: base of every table whose rows the ledger answers for.

    `ledger_fields` names the concrete fields that are sealed; each change of such a row is recorded with
    `record(fact, subject=row)` after it was saved, in the same transaction. When a release changes
    `ledger_fields`, the former tuple moves into `ledger_fields_before`, so that older seals stay checkable.

    The salt makes the published digest say nothing about the values, and is deleted with the row.
    """

    ledger_fields: ClassVar[tuple[str, ...]]
    ledger_fields_before: ClassVar[tuple[tuple[str, ...], ...]] = ()

    ledger_salt = models.BinaryField(max_length=16, default=new_salt, editable=False)

    class Meta:
        abstract = True

    @property
    def ledger_subject(self) -> str:
        """标识: "programme.task:12"."""
        concrete = type(self)._meta.concrete_model or type(self)
        return f"{concrete._meta.label_lower}:{self.pk}"

    @classmethod
    def check(cls, **kwargs: Any) -> list[checks.CheckMessage]:
        found = super().check(**kwargs)
        for name in (*getattr(cls, "ledger_fields", ("",)), *sum(cls.ledger_fields_before, ())):
            try:
                cls._meta.get_field(name)
            except FieldDoesNotExist:
                found.append(checks.Error(f"ledger_fields names no field {name!r}", obj=cls, id="ledger.E001"))
        return found
