"""检索: finds what the viewer may see; the rule of visibility is applied before anything is counted or paged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from xiaoneng.kernel.search import text
from xiaoneng.kernel.search.models import Entry
from xiaoneng.kernel.search.registry import Kind, chosen
from xiaoneng.kernel.search.sides import side

PAGE_SIZE = 20
LAST_PAGE = 50
Visible = dict[str, QuerySet[Any]]
# Whoever may see no more than this has it looked through; walking the index would pass too much that is hidden.
FEW = 300


@dataclass(frozen=True, slots=True)
class Hit:
    """检索结果: `title` and `snippet` are HTML, escaped, with what was sought in <mark>."""

    kind: str
    label: str
    object_id: int
    title: SafeString
    snippet: SafeString
    url: str


@dataclass(frozen=True, slots=True)
class Page:
    """结果页: hits in titles first, newest first. `has_next` instead of a total: counting all would cost more
    than finding these. `terms` is empty where nothing searchable was asked; `cut` where only a part was searched.
    """

    hits: list[Hit]
    number: int
    has_next: bool
    terms: tuple[str, ...]
    cut: bool

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def next_number(self) -> int:
        return self.number + 1

    @property
    def previous_number(self) -> int:
        return self.number - 1


def search(query: str, *, viewer: Any, kinds: Sequence[str] | None = None, page: int = 1) -> Page:
    """检索: every term (parted by spaces or punctuation) must occur, in any order; any text is a valid query."""
    asked = text.Query.of(query)
    number = max(1, min(page, LAST_PAGE))
    found: list[int] = []
    if asked.terms:
        found = _found(asked.terms, chosen(list(kinds) if kinds is not None else None), viewer, number)
    start = (number - 1) * PAGE_SIZE
    shown = Entry.objects.in_bulk(found[start : start + PAGE_SIZE])
    labels = {kind.name: kind.label for kind in chosen(None)}
    return Page(
        hits=[_hit(shown[pk], asked.terms, labels) for pk in found[start : start + PAGE_SIZE]],
        number=number,
        has_next=len(found) > start + PAGE_SIZE and number < LAST_PAGE,
        terms=asked.terms,
        cut=asked.cut,
    )


def _found(terms: tuple[str, ...], kinds: list[Kind], viewer: Any, number: int) -> list[int]:
    """Entry ids up to and including one beyond the page."""
    wanted = number * PAGE_SIZE + 1
    visible = {kind.name: kind.visible(viewer).order_by() for kind in kinds}
    little = _little(visible)
    if little is not None:
        return list(_looked_through(terms).filter(little).values_list("pk", flat=True)[:wanted])
    index = side()
    found = _walk(partial(index.in_title, terms), visible, wanted)
    if len(found) < wanted:
        found += _walk(partial(index.elsewhere, terms), visible, wanted - len(found))
    return found


def _walk(step: Callable[..., list[int]], visible: Visible, wanted: int) -> list[int]:
    """Down the index in growing steps, keeping what the viewer may see."""
    found: list[int] = []
    below, most = 1 << 62, wanted * 2
    while len(found) < wanted:
        batch = step(below=below, most=most)
        seen = _seen(batch, visible)
        found += [pk for pk in batch if pk in seen]
        if len(batch) < most:
            break
        below, most = batch[-1], min(most * 4, 5000)
    return found[:wanted]


def _seen(batch: list[int], visible: Visible) -> set[int]:
    """Those entries of a batch that the viewer may see: a query by key for each kind among them."""
    by_kind: dict[str, dict[int, int]] = {}
    for pk, kind, object_id in Entry.objects.filter(pk__in=batch).values_list("pk", "kind", "object_id"):
        by_kind.setdefault(kind, {})[object_id] = pk
    return {
        entries[object_id]
        for kind, entries in by_kind.items()
        if kind in visible
        for object_id in visible[kind].filter(pk__in=list(entries)).values_list("pk", flat=True)
    }


def _little(visible: Visible) -> Q | None:
    """What the viewer may see, as a condition on entries, where it is but little; else None."""
    allowed = Q(pk__in=[])
    for kind, objects in visible.items():
        ids = list(objects.values_list("pk", flat=True)[: FEW + 1])
        if len(ids) > FEW:
            return None
        allowed |= Q(kind=kind, object_id__in=ids)
    return allowed


def _looked_through(terms: tuple[str, ...]) -> QuerySet[Entry]:
    in_title, anywhere = Q(), Q()
    for term in terms:
        in_title &= Q(folded_title__contains=term)
        anywhere &= Q(folded_title__contains=term) | Q(folded_body__contains=term)
    first = Case(When(in_title, then=Value(0)), default=Value(1))
    return Entry.objects.filter(anywhere).order_by(first, "-pk")


def _hit(entry: Entry, terms: tuple[str, ...], labels: dict[str, str]) -> Hit:
    return Hit(
        kind=entry.kind,
        label=labels[entry.kind],
        object_id=entry.object_id,
        title=_marked(entry.title, terms),
        snippet=_marked(text.excerpt(entry.body, terms), terms),
        url=entry.url,
    )


def _marked(shown: str, terms: tuple[str, ...]) -> SafeString:
    pieces = text.marked(shown, terms)
    return format_html_join("", "{}", ((format_html("<mark>{}</mark>", p) if sought else p,) for p, sought in pieces))
