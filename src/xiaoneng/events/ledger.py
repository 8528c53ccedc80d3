"""台账自身的事实."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from xiaoneng.events import Fact


@dataclass(frozen=True, slots=True)
class KeyRotated(Fact):
    """签名密钥已更换: fingerprints of the key before and of the key now."""

    kind: ClassVar[str] = "ledger.key_rotated"
    number: int
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class SegmentSealed(Fact):
    """数据段已封存: `size` events from position `start` stand in the Parquet file with this hash."""

    kind: ClassVar[str] = "ledger.segment_sealed"
    start: int
    size: int
    sha256: str
