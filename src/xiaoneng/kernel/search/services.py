"""登入与移出: the index changes in the writer's own transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from xiaoneng.kernel.search.models import Entry
from xiaoneng.kernel.search.sides import side
from xiaoneng.kernel.search.text import clean, fold

LONGEST_TITLE = 500
# Two hundred pages of text: what stands after them can be read, not found.
LONGEST_BODY = 200_000
BATCH = 500
SHOWN = ("title", "body", "url")


@dataclass(frozen=True, slots=True)
class Item:
    """待登条目: what is to be found; `url` is a path of this site."""

    kind: str
    object_id: int
    title: str
    body: str
    url: str


def index(*, kind: str, object_id: int, title: str, body: str, url: str) -> None:
    """登入: makes an object findable, or brings what is found up to date."""
    index_many([Item(kind, object_id, title, body, url)])


@transaction.atomic
def index_many(items: Iterable[Item]) -> None:
    """成批登入: the same for many objects, in few statements; the last word on an object counts."""
    wanted = {(item.kind, item.object_id): item for item in items}
    keys = list(wanted)
    for start in range(0, len(keys), BATCH):
        _index([wanted[key] for key in keys[start : start + BATCH]])


def _index(items: list[Item]) -> None:
    standing = {
        (entry.kind, entry.object_id): entry
        for kind in {item.kind for item in items}
        for entry in _standing(kind, [item.object_id for item in items if item.kind == kind])
    }
    made = [_entry(item) for item in items]
    new = [entry for entry in made if (entry.kind, entry.object_id) not in standing]
    changed = []
    for entry in made:
        old = standing.get((entry.kind, entry.object_id))
        if old is not None and any(getattr(old, field) != getattr(entry, field) for field in SHOWN):
            entry.pk = old.pk
            changed.append((old, entry))
    side().erase([old for old, _ in changed])
    Entry.objects.bulk_update([entry for _, entry in changed], [*SHOWN, "folded_title", "folded_body"])
    side().write([*Entry.objects.bulk_create(new), *(entry for _, entry in changed)])


@transaction.atomic
def remove(*, kind: str, object_id: int) -> None:
    """移出: the object is not found any more; nothing happens where it never was."""
    standing = list(_standing(kind, [object_id]))
    side().erase(standing)
    Entry.objects.filter(pk__in=[entry.pk for entry in standing]).delete()


def _standing(kind: str, object_ids: list[int]) -> Iterable[Entry]:
    return Entry.objects.select_for_update().filter(kind=kind, object_id__in=object_ids).order_by("pk")


def _entry(item: Item) -> Entry:
    title, body = clean(item.title)[:LONGEST_TITLE], clean(item.body[: LONGEST_BODY * 2])[:LONGEST_BODY]
    return Entry(
        kind=item.kind,
        object_id=item.object_id,
        title=title,
        body=body,
        url=item.url,
        folded_title=fold(title),
        folded_body=fold(body),
    )
