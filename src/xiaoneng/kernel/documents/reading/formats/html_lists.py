"""网页中的编号: the number that a browser shows before an item of an ordered list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xiaoneng.kernel.documents.reading.numerals import lower_letter, lower_roman

_MARKS: dict[str, Callable[[int], str]] = {
    "a": lower_letter,
    "A": lambda n: lower_letter(n).upper(),
    "i": lower_roman,
    "I": lambda n: lower_roman(n).upper(),
}


def ordinal(item: Any) -> str:
    """编号 such as "2. "; "" for an item of an unordered list."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol" or "none" in (parent.get("style") or ""):
        return ""
    number = _integer(item.get("value"))
    if number is None:
        number = _integer(parent.get("start"))
    number = 1 if number is None else number
    parent.set("start", str(number + 1))  # items are asked in their order: the list itself keeps count
    mark = _MARKS.get(parent.get("type") or "", str)
    return f"{mark(number) if number > 0 else number}. "


def _integer(text: str | None) -> int | None:
    text = (text or "").strip()
    return int(text) if text.lstrip("-").isdecimal() and len(text) < 9 else None
