"""规范文本: the one way in which a value becomes bytes before it is hashed, the same on every machine and database."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

LONGEST_LINE = 64 * 1024
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    raise TypeError(f"a fact carries ids, codes, numbers, dates and hashes, not {type(value).__name__}")


def _encoder() -> Callable[[Any], str]:
    """The encoder of the standard library, kept: it builds itself anew for each call, which doubles the time."""
    made = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"), default=_plain)
    make = getattr(json.encoder, "c_make_encoder", None)
    if make is None:  # a Python without the library's C part
        return made.encode
    encode = make(None, _plain, json.encoder.encode_basestring, None, ":", ",", True, False, False)
    return lambda value: "".join(encode(value, 0))


_encode = _encoder()


def canonical(value: Any) -> str:
    """规范 JSON: keys sorted, no spaces, UTF-8. Raises `TypeError` or `ValueError` for what has no such form."""
    return _encode(value)


def moment(at: datetime) -> str:
    """时刻: UTC to the microsecond, always 27 characters, so that text order is time order."""
    if at.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    universal = at if at.tzinfo is UTC else at.astimezone(UTC)
    return universal.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def parse_moment(text: str) -> datetime:
    """The moment that `moment` wrote."""
    return datetime.fromisoformat(text)


def line(entry: Mapping[str, Any]) -> str:
    """事件行: the sealed text of an event. Raises `ValueError` where it is longer than 64 KiB."""
    text = _encode(entry)
    if len(text) * 3 > LONGEST_LINE and len(text.encode()) > LONGEST_LINE:
        raise ValueError("an event is at most 64 KiB: large content belongs into a file whose hash it carries")
    return text
