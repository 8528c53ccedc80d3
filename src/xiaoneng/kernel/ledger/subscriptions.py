"""订阅: which handler hears which fact."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from xiaoneng.events import Fact
from xiaoneng.kernel.ledger.models import Event

F = TypeVar("F", bound=Fact)


@dataclass(frozen=True, slots=True)
class Subscription:
    """订阅: `handler` gets each fact of `kind` once in effect, in ledger order."""

    name: str
    fact: type[Fact]
    handler: Callable[[Any, Event], None]


_subscriptions: dict[str, Subscription] = {}


def subscribe(fact: type[F], *, name: str, handler: Callable[[F, Event], None]) -> None:
    """订阅事实: call in `AppConfig.ready()`. `name` is for ever: the cursor is kept under it.

    A new subscription starts at the beginning of the ledger. The handler runs in a transaction that also moves its
    cursor; it may write and record, and must not do what a rollback cannot undo. Raises `ValueError` for a name
    taken by another handler.
    """
    wanted = Subscription(name, fact, handler)
    if _subscriptions.setdefault(name, wanted) != wanted:
        raise ValueError(f"two subscribers are called {name!r}")


def subscriptions() -> tuple[Subscription, ...]:
    return tuple(_subscriptions.values())


def unsubscribe(name: str) -> None:
    _subscriptions.pop(name, None)


def revive(fact: type[F], payload: dict[str, Any]) -> F:
    """The fact that was recorded: lists come back as the tuples they were."""
    return fact(**{key: _tuples(value) for key, value in payload.items()})


def _tuples(value: Any) -> Any:
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value
