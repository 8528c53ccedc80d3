"""两侧: the same index on SQLite (FTS5 over pairs of characters) and on PostgreSQL (GIN over arrays of them).

PostgreSQL's own trigram index cannot find words of two characters, which is what most Chinese words are; SQLite's
trigram tokenizer silently finds nothing for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from django.db import connection

from xiaoneng.kernel.search.models import Entry
from xiaoneng.kernel.search.sides import postgresql, sqlite


class Side(Protocol):
    """一侧."""

    def write(self, entries: Sequence[Entry]) -> None:
        """Add entries that are not in the index."""

    def erase(self, entries: Sequence[Entry]) -> None:
        """Take entries out, given as they were written."""

    def in_title(self, terms: Sequence[str], *, below: int, most: int) -> list[int]:
        """Ids under `below` of entries whose title has every term, highest first, at most so many."""

    def elsewhere(self, terms: Sequence[str], *, below: int, most: int) -> list[int]:
        """The same of entries that have every term, but not all in the title."""


def side() -> Side:
    return sqlite.SQLite() if connection.vendor == "sqlite" else postgresql.PostgreSQL()
