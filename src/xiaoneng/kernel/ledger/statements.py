"""语句: many rows written and read in few plain statements, without a model instance for each.

No joins: on tables that have just grown, PostgreSQL answers a join of a thousand rows by reading the whole table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection

CHUNK = 400


def insert(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]], *, returning: bool = False) -> list[int]:
    """Insert rows in their order; with `returning`, the ids that they got."""
    ids: list[int] = []
    place = f"({','.join(['%s'] * len(columns))})"
    tail = " RETURNING id" if returning else ""
    with connection.cursor() as cursor:
        for start in range(0, len(rows), CHUNK):
            batch = rows[start : start + CHUNK]
            cursor.execute(
                f"INSERT INTO {table} ({','.join(columns)}) VALUES {','.join([place] * len(batch))}{tail}",  # noqa: S608
                [value for row in batch for value in row],
            )
            if returning:
                ids += sorted(number for (number,) in cursor.fetchall())
    return ids


def select(query: str, parameters: Sequence[Any]) -> list[Any]:
    """The rows of one query."""
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return list(cursor.fetchall())


def select_in(query: str, values: Iterable[Any]) -> Iterator[Any]:
    """The rows of a query with "IN {}" for however many values."""
    wanted = list(values)
    for start in range(0, len(wanted), CHUNK):
        batch = wanted[start : start + CHUNK]
        yield from select(query.replace("{}", f"({','.join(['%s'] * len(batch))})"), batch)
