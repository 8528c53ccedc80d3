"""工作台的事实."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from xiaoneng.events import Fact


@dataclass(frozen=True, slots=True)
class FeedIssued(Fact):
    """日历订阅已生成: whoever acts gave out a secret address of his or her calendar; `scope` own or all."""

    kind: ClassVar[str] = "desk.feed_issued"

    feed_id: int
    scope: str


@dataclass(frozen=True, slots=True)
class FeedRevoked(Fact):
    """日历订阅已停用: the address answers no more."""

    kind: ClassVar[str] = "desk.feed_revoked"

    feed_id: int
