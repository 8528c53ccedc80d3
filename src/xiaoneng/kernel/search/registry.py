"""登记: which kinds can be found, and the rule of who may see each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

Visible = Callable[[Any], QuerySet[Any]]


@dataclass(frozen=True, slots=True)
class Kind:
    """类别: `visible(user)` is the one rule of visibility of these objects, as lists and pages use it."""

    name: str
    label: str
    visible: Visible


_kinds: dict[str, Kind] = {}


def register(kind: str, *, visible: Visible, label: str) -> None:
    """登记类别, in `ready()`. Raises ValueError where a kind is registered twice."""
    if kind in _kinds:
        raise ValueError(f"search kind {kind} is registered twice")
    _kinds[kind] = Kind(kind, label, visible)


def kinds() -> dict[str, str]:
    """全部类别: name → Chinese label, in the order of registration."""
    return {kind.name: kind.label for kind in _kinds.values()}


def chosen(names: list[str] | None) -> list[Kind]:
    return [kind for kind in _kinds.values() if names is None or kind.name in names]
