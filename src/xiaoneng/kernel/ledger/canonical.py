"""规范文本: the one way in which a value becomes bytes before it is hashed, the same on every machine and database."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

LONGEST_LINE = 64 * 1024
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")

_encode = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, default=lambda value: _plain(value)
).encode


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    raise TypeError(f"a fact carries ids, codes, numbers, dates and hashes, not {type(value).__name__}")


def canonical(value: Any) -> str:
    """规范 JSON: keys sorted, no spaces, UTF-8. Raises `TypeError` or `ValueError` for what has no such form."""
    return _encode(value)


def moment(at: datetime) -> str:
    """时刻: UTC to the microsecond, always 27 characters, so that text order is time order."""
    if at.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ").zfill(27)


def parse_moment(text: str) -> datetime:
    """The moment that `moment` wrote."""
    return datetime.fromisoformat(text)


def line(entry: Mapping[str, Any]) -> str:
    """事件行: the sealed text of an event, bounded. Empty members are left out.

    Raises `ValueError` where the event is longer than 64 KiB.
    """
    text = _encode(
        {key: value for key, value in entry.items() if value is not None and value is not False and value != ""}
    )
    if len(text) * 3 > LONGEST_LINE and len(text.encode()) > LONGEST_LINE:
        raise ValueError("an event is at most 64 KiB: large content belongs into a file whose hash it carries")
    return text
