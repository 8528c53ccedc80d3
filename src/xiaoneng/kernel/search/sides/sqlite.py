"""SQLite: a contentless FTS5 table; pairs are spelt as hexadecimal numbers, so that no query text meets its grammar."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection

from xiaoneng.kernel.search.models import Entry
from xiaoneng.kernel.search.text import grams, pairs

_INSERT = "INSERT INTO search_gram(rowid, title, body) VALUES (%s, %s, %s)"
# A contentless table forgets a row only when told again what stood in it.
_DELETE = "INSERT INTO search_gram(search_gram, rowid, title, body) VALUES ('delete', %s, %s, %s)"
# FTS5 walks its lists in this order by itself: nothing is gathered, nothing is sorted.
_WALK = "SELECT rowid FROM search_gram WHERE search_gram MATCH %s AND rowid < %s ORDER BY rowid DESC LIMIT %s"


class SQLite:
    """SQLite 一侧."""

    def write(self, entries: Sequence[Entry]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(_INSERT, [_row(entry) for entry in entries])

    def erase(self, entries: Sequence[Entry]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(_DELETE, [_row(entry) for entry in entries])

    def in_title(self, terms: Sequence[str], *, below: int, most: int) -> list[int]:
        return _walk(_title(terms), below, most)

    def elsewhere(self, terms: Sequence[str], *, below: int, most: int) -> list[int]:
        return _walk(f"({' AND '.join(map(_phrase, terms))}) NOT ({_title(terms)})", below, most)


def _walk(expression: str, below: int, most: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_WALK, [expression, below, most])
        return [rowid for (rowid,) in cursor.fetchall()]


def _title(terms: Sequence[str]) -> str:
    return " AND ".join(f"{{title}} : {_phrase(term)}" for term in terms)


def _phrase(term: str) -> str:
    """Neighbouring pairs; a single character is sought as the beginning of a pair."""
    return f'"{_spelt(pairs(term))}"' + ("*" if len(term) == 1 else "")


def _row(entry: Entry) -> tuple[int, str, str]:
    return entry.pk, _spelt(grams(entry.title)), _spelt(grams(entry.body))


def _spelt(all_grams: Iterable[str]) -> str:
    return " ".join("".join(f"{ord(c):05x}" for c in gram) for gram in all_grams)
