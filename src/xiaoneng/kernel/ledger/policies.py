"""谁可看台账: modules say who sees their rows, 机构与人员 says who may inspect; the ledger knows neither.

Nobody sees a payload by administering the system: it shows to those who may see the row that it is about.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from xiaoneng.foundation.refusals import ALLOWED, Answer, denied
from xiaoneng.kernel.ledger.models import Event, Ledgered

Judge = Callable[[Any, datetime], bool]


def _nobody(_user: Any, _at: datetime) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Readers:
    """阅读权限: who sees heads and verifications, who sees events without payload, who delivers again, and names."""

    heads: Judge = _nobody
    metadata: Judge = _nobody
    operates: Judge = _nobody
    name: Callable[[str], str] = str


_visible: dict[str, Callable[[Any], QuerySet[Any]]] = {}
_readers: list[Readers] = [Readers()]


def visible(subject: str, rows: Callable[[Any], QuerySet[Any]]) -> None:
    """登记可见范围: `rows(user)` are the rows of the table `subject` ("programme.task") that the user may see.

    Call in `ready()`. Without it the payloads about that table show to nobody. Raises `ValueError` for a second rule.
    """
    if _visible.setdefault(subject.lower(), rows) is not rows:
        raise ValueError(f"two rules say who sees {subject!r}")


def readers(*, heads: Judge, metadata: Judge, operates: Judge, name: Callable[[str], str]) -> None:
    """登记阅读权限: called once, by the module that knows roles. Until then nobody may inspect."""
    _readers[0] = Readers(heads, metadata, operates, name)


def display_name(actor: str) -> str:
    return _readers[0].name(actor)


def may_see_heads(user: Any, at: datetime) -> Answer:
    return ALLOWED if _readers[0].heads(user, at) else denied("只有督查、领导和系统管理员可以查看台账状态。")


def may_see_metadata(user: Any, at: datetime) -> Answer:
    return ALLOWED if _readers[0].metadata(user, at) else denied("您无权查看这条记录：它所说的事项不在您的可见范围内。")


def may_operate(user: Any, at: datetime) -> Answer:
    return ALLOWED if _readers[0].operates(user, at) else denied("只有系统管理员可以重新投递。")


def may_see_payload(user: Any, event: Event) -> Answer:
    """可否看内容: whether the event's subject is a row that the user may see."""
    label, _, pk = str(event.entry.get("subject", "")).partition(":")
    rows = _visible.get(label)
    refusal = denied("这条记录的内容只对能看到该事项的人显示。")
    if rows is None:
        return refusal
    model = apps.get_model(label)
    try:
        key = model._meta.pk.to_python(pk)
    except ValidationError:
        return refusal
    return ALLOWED if issubclass(model, Ledgered) and rows(user).filter(pk=key).exists() else refusal
