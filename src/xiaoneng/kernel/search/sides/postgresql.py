"""PostgreSQL: arrays of pairs and single characters under GIN, then the folded text itself decides."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection
from django.db.models import BooleanField, Q, QuerySet
from django.db.models.expressions import RawSQL

from xiaoneng.kernel.search.models import Entry
from xiaoneng.kernel.search.text import grams, pairs

_WRITE = "UPDATE search_entry SET title_grams = %s, grams = %s WHERE id = %s"


class PostgreSQL:
    """PostgreSQL 一侧."""

    def write(self, entries: Sequence[Entry]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(_WRITE, [_row(entry) for entry in entries])

    def erase(self, entries: Sequence[Entry]) -> None:
        """The columns are the row's own: they are overwritten, or go with it."""

    def in_title(self, terms: Sequence[str], *, below: int, most: int) -> list[int]:
        return _walk(_having("title_grams", terms).filter(_every("folded_title", terms)), below, most)

    def elsewhere(self, terms: Sequence[str], *, below: int, most: int) -> list[int]:
        anywhere = Q()
        for term in terms:
            anywhere &= Q(folded_title__contains=term) | Q(folded_body__contains=term)
        found = _having("grams", terms).filter(anywhere).exclude(_every("folded_title", terms))
        return _walk(found, below, most)


def _walk(found: QuerySet[Entry], below: int, most: int) -> list[int]:
    return list(found.filter(pk__lt=below).order_by("-pk").values_list("pk", flat=True)[:most])


def _having(column: str, terms: Sequence[str]) -> QuerySet[Entry]:
    wanted = sorted({gram for term in terms for gram in pairs(term)})
    holds = RawSQL(f"search_entry.{column} @> %s::text[]", [wanted], BooleanField())  # noqa: S611 - the column is ours
    return Entry.objects.filter(holds)


def _every(field: str, terms: Sequence[str]) -> Q:
    condition = Q()
    for term in terms:
        condition &= Q(**{f"{field}__contains": term})
    return condition


def _row(entry: Entry) -> tuple[list[str], list[str], int]:
    title = _all_grams(entry.folded_title)
    return sorted(title), sorted(title | _all_grams(entry.folded_body)), entry.pk


def _all_grams(folded: str) -> set[str]:
    return {*grams(folded), *folded} - {" "}
