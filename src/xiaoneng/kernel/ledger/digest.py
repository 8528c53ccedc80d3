"""行摘要: what the ledger seals of a business row, the same from memory and from either database."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django.db import models
from django.utils import timezone

from xiaoneng.kernel.ledger.canonical import canonical, moment
from xiaoneng.kernel.ledger.models.ledgered import Ledgered

SALT = "ledger_salt"
PLAIN = frozenset({str, int, bool, type(None)})


class Definition:
    """封存口径: which fields of a model are sealed, and how to digest a row's values."""

    def __init__(self, model: type[Ledgered], names: Sequence[str]) -> None:
        fields = [model._meta.get_field(name) for name in names]
        self.label = model._meta.label_lower
        self.attributes = [field.attname for field in fields if isinstance(field, models.Field)]
        self.normal = [_normaliser(field) for field in fields if isinstance(field, models.Field)]
        self.tag = hashlib.sha256(canonical(self.attributes).encode()).hexdigest()[:8]

    def digest(self, pk: Any, salt: bytes, values: Sequence[Any]) -> str:
        """摘要: SHA-256 over the salt and the canonical JSON of label, key and sealed values, as hexadecimal."""
        sealed = dict(zip(self.attributes, [f(v) for f, v in zip(self.normal, values, strict=True)], strict=True))
        return self.of_text(salt, canonical([self.label, str(pk), sealed]))

    def of_row(self, row: Ledgered) -> str:
        return self.digest(row.pk, row.ledger_salt, [getattr(row, name) for name in self.attributes])

    def text(self, pk: Any, values: Sequence[Any]) -> str:
        """The canonical JSON that is digested: for a bundle that discloses rows."""
        sealed = dict(zip(self.attributes, [f(v) for f, v in zip(self.normal, values, strict=True)], strict=True))
        return canonical([self.label, str(pk), sealed])

    @staticmethod
    def of_text(salt: bytes, text: str) -> str:
        return hashlib.sha256(bytes(salt) + text.encode()).hexdigest()


@cache
def definitions(model: type[Ledgered]) -> tuple[Definition, ...]:
    """The present definition of a model, then its former ones."""
    return tuple(Definition(model, names) for names in (model.ledger_fields, *model.ledger_fields_before))


def _normaliser(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    target = field
    while isinstance(target, models.ForeignKey):
        target = target.target_field
    convert = _converter(target)

    def normal(value: Any) -> Any:
        if type(value) in PLAIN and (value is None or convert is str or type(value) is not str):
            return value
        if hasattr(value, "resolve_expression"):
            raise TypeError(f"{field.name} holds an expression: refresh the row before it is recorded")
        return convert(value)

    return normal


def _converter(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    if isinstance(field, models.DateTimeField):
        return lambda value: _moment(field.to_python(value))
    if isinstance(field, models.DateField | models.TimeField):
        return lambda value: field.to_python(value).isoformat()
    if isinstance(field, models.DecimalField):
        step = Decimal(1).scaleb(-field.decimal_places)
        return lambda value: format(Decimal(field.to_python(value)).quantize(step), "f")
    if isinstance(field, models.BooleanField | models.FloatField | models.IntegerField):
        return field.to_python
    if isinstance(field, models.BinaryField):
        return lambda value: bytes(value).hex()
    if isinstance(field, models.JSONField):
        return lambda value: value
    return str


def _moment(value: datetime | date) -> str:
    if not isinstance(value, datetime):
        raise TypeError("a moment, not a day")
    return moment(value if value.tzinfo else timezone.make_aware(value))
