"""事实: what each module makes publicly known, below everything that sends or hears it.

One file per module. A fact is a frozen dataclass derived from `Fact`: past tense, ids, codes, numbers,
dates and hashes only: never personal data, never free text that a person typed.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, ClassVar

_registry: dict[str, type[Fact]] = {}


@dataclass(frozen=True, slots=True)
class Fact:
    """事实: base of all facts.

    `kind` is the stable name stored in the ledger ("programme.started"); `schema` grows when
    fields change meaning. Two facts with one kind are an error at import.
    """

    kind: ClassVar[str] = ""
    schema: ClassVar[int] = 1

    def __init_subclass__(cls, **kwargs: Any) -> None:
        # slots=True makes dataclass() build the class twice: same qualified name, same kind.
        other = _registry.get(cls.kind)
        if other is not None and other.__qualname__ != cls.__qualname__:
            raise TypeError(f"two facts are called {cls.kind!r}: {other.__qualname__}, {cls.__qualname__}")
        if cls.kind:
            _registry[cls.kind] = cls

    def payload(self) -> dict[str, Any]:
        """载荷: the fact's fields, as the ledger stores them."""
        return {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}


def known() -> dict[str, type[Fact]]:
    """已登记的事实: every fact class that has been imported, by kind."""
    return dict(_registry)
