"""读账: the history of a row, and the state of the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from xiaoneng.kernel.ledger.models import Event, Failure, Head, Leaf, Ledgered


@dataclass(frozen=True, slots=True)
class Entry:
    """历史条目: one event of a row; `proven` once a signed head covers it."""

    event_id: int
    at: datetime
    actor: str
    acting_for: str
    kind: str
    payload: dict[str, Any]
    position: int | None
    proven: bool
    url: str


@dataclass(frozen=True, slots=True)
class State:
    """台账状态: counts for the doctor and the head page."""

    events: int
    sequenced: int
    head_size: int
    head_at: datetime | None
    parked: int


def history(*subjects: Ledgered) -> list[Entry]:
    """历史: the events of a row (or of several rows that belong together), newest first.

    The caller has checked that the viewer may see the rows.
    """
    covered = head_size()
    names = [subject.ledger_subject for subject in subjects]
    events = Event.objects.filter(subject__in=names).select_related("leaf").order_by("-id")
    return [entry_of(event, covered) for event in events]


def entry_of(event: Event, covered: int) -> Entry:
    leaf: Leaf | None = getattr(event, "leaf", None)
    position = leaf.position if leaf else None
    return Entry(
        event_id=event.id,
        at=event.at,
        actor=event.actor_id,
        acting_for=event.acting_for,
        kind=event.entry["kind"],
        payload=event.payload,
        position=position,
        proven=position is not None and position < covered,
        url=reverse("ledger:event", args=[event.id]),
    )


def head_size() -> int:
    """树头大小: how many events the newest signed head covers."""
    return Head.objects.order_by("-size").values_list("size", flat=True).first() or 0


def state() -> State:
    head = Head.objects.order_by("-size").first()
    last = Leaf.objects.order_by("-position").values_list("position", flat=True).first()
    return State(
        events=Event.objects.count(),
        sequenced=0 if last is None else last + 1,
        head_size=head.size if head else 0,
        head_at=head.at if head else None,
        parked=Failure.objects.filter(parked=True).count(),
    )
