"""行摘要: what the ledger seals of a business row, the same from memory and from either database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache, partial
from hashlib import sha256
from typing import Any

from django.db import models
from django.utils import timezone

from xiaoneng.kernel.ledger.canonical import canonical, moment
from xiaoneng.kernel.ledger.models.ledgered import Ledgered

SALT = "ledger_salt"


class Definition:
    """封存口径: which fields of a model are sealed, and how to digest a row's values."""

    def __init__(self, model: type[Ledgered], names: Sequence[str]) -> None:
        fields = [field for name in names if isinstance(field := model._meta.get_field(name), models.Field)]
        self.label = model._meta.label_lower
        self.attributes = [field.attname for field in fields]
        self._normalisers = [(field.attname, _normaliser(field)) for field in fields]
        self.tag = sha256(canonical(self.attributes).encode()).hexdigest()[:8]

    def of_row(self, row: Ledgered) -> str:
        """摘要: SHA-256 over the salt and the sealed text, as hexadecimal."""
        return self.of_text(row.ledger_salt, self.text(row.pk, partial(getattr, row)))

    def text(self, pk: Any, value_of: Callable[[str], Any]) -> str:
        """封存文本: canonical JSON of label, key and sealed values; `value_of` gives a value by attribute name."""
        sealed = {name: normal(value_of(name)) for name, normal in self._normalisers}
        return canonical([self.label, str(pk), sealed])

    @staticmethod
    def of_text(salt: bytes | memoryview, text: str) -> str:
        return sha256(bytes(salt) + text.encode()).hexdigest()


@cache
def definitions(model: type[Ledgered]) -> tuple[Definition, ...]:
    """The present definition of a model, then its former ones."""
    return tuple(Definition(model, names) for names in (model.ledger_fields, *model.ledger_fields_before))


def _normaliser(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    target = field
    while isinstance(target, models.ForeignKey):
        target = target.target_field
    native, convert = _converter(target)

    def normal(value: Any) -> Any:
        if value is None or type(value) is native:
            return value
        if hasattr(value, "resolve_expression"):
            raise TypeError(f"{field.name} holds an expression: refresh the row before it is recorded")
        return convert(value)

    return normal


def _converter(field: models.Field[Any, Any]) -> tuple[type | None, Callable[[Any], Any]]:
    """The type that is taken as it is, and how another value becomes what the database would give back."""
    if isinstance(field, models.DateTimeField):
        return None, lambda value: _moment(value if type(value) is datetime else field.to_python(value))
    if isinstance(field, models.DateField | models.TimeField):
        return None, lambda value: field.to_python(value).isoformat()
    if isinstance(field, models.DecimalField):
        step = Decimal(1).scaleb(-field.decimal_places)
        return None, lambda value: format(_decimal(field, value).quantize(step), "f")
    if isinstance(field, models.BooleanField):
        return bool, field.to_python
    if isinstance(field, models.IntegerField):
        return int, field.to_python
    if isinstance(field, models.FloatField):
        return float, field.to_python
    if isinstance(field, models.BinaryField):
        return None, lambda value: bytes(value).hex()
    if isinstance(field, models.JSONField):
        return None, lambda value: value
    return str, str


def _decimal(field: models.Field[Any, Any], value: Any) -> Decimal:
    return value if type(value) is Decimal else Decimal(field.to_python(value))


def _moment(value: datetime | date) -> str:
    if not isinstance(value, datetime):
        raise TypeError("a moment, not a day")
    return moment(value if value.tzinfo else timezone.make_aware(value))
