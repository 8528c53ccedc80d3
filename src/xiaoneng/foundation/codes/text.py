"""写法: what all readers of codes forgive, and how they point at what they do not."""

from __future__ import annotations

from xiaoneng.foundation.refusals import Unreadable

LONGEST = 64
_NARROW = {0xFF01 + n: 0x21 + n for n in range(94)} | {0x3000: 0x20}


def narrow(text: str) -> str:
    """半角: full-width letters, digits and signs made half-width."""
    return text.translate(_NARROW)


def compact(text: str, *, name: str) -> str:
    """Half-width, upper case, without spaces and hyphens; refuses what is empty or far too long."""
    if len(text) > LONGEST:
        raise Unreadable(f"{name}过长（{len(text)} 个字符）。")
    found = "".join(narrow(text).split()).replace("-", "").upper()
    if not found:
        raise Unreadable(f"{name}为空。")
    return found


def at(position: int, character: str) -> str:
    """指出: "第 5 位“O”", counted from 1."""
    return f"第 {position} 位“{character}”"
