"""排字: characters on a page become lines; a line knows whether its text runs on into the next."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

_NOT_FIRST = "，。、；：！？）》】〉〕％%…—,.;:!?)]}·"
_NOT_LAST = "（《【〈〔([{"
_QUOTES = "“”‘’"
_ITEM = re.compile(
    r"\d{1,2}[.、．﹒](?!\d)|[（(][一二三四五六七八九十\d]{1,3}[)）]|[①-⑳]|[一二三四五六七八九十]{1,3}、"
    r"|第[一二三四五六七八九十百]{1,4}[章节条]|附件"
)
_PRIVATE = re.compile("[\ue000-\uf8ff]|\\(cid:\\d+\\)")


@dataclass(frozen=True, slots=True)
class Line:
    """一行: position in points from the top left; `head` is the width of what cannot be parted from its beginning.

    `sheet` is the size of its page: pages of one size share their margins.
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    head: float
    page: int = 0
    sheet: tuple[int, int] = (0, 0)

    @property
    def middle(self) -> float:
        """水平中点."""
        return (self.x0 + self.x1) / 2

    def runs_on(self, following: Line, right: float) -> bool:
        """是否自动换行: the next line's first word would not have fitted before `right`, or only just.

        A character's room for doubt: programs measure Latin letters and marks each in its own way.
        """
        return self.x1 + following.head > right - 1.1 * self.size


def characters(page: Any) -> list[dict[str, Any]]:
    """一页的字符: level ones (no watermarks), each once (bold is sometimes faked by printing twice)."""
    seen: dict[tuple[str, int, int], None] = {}
    found = []
    for char in page.chars:
        key = (char["text"], round(char["x0"]), round(char["top"]))
        across, slope = char["matrix"][:2]
        if not char["upright"] or abs(slope) > 0.1 * abs(across) or key in seen:
            continue
        seen[key] = None
        found.append(char)
    return found


def lines(chars: Iterable[dict[str, Any]], page: int = 0, sheet: tuple[int, int] = (0, 0)) -> list[Line]:
    """分行, from the top."""
    rows: list[list[dict[str, Any]]] = []
    middle = size = 0.0
    for char in sorted(chars, key=lambda c: ((c["top"] + c["bottom"]) / 2, c["x0"])):
        centre = (char["top"] + char["bottom"]) / 2
        height = char["bottom"] - char["top"]
        if not rows or centre - middle > 0.5 * max(min(size, height), 1.0):
            rows.append([])
            middle, size = centre, height
        rows[-1].append(char)
    return [line for row in rows if (line := _line(row, page, sheet))]


def _line(row: list[dict[str, Any]], page: int, sheet: tuple[int, int]) -> Line | None:
    row.sort(key=lambda c: c["x0"])
    shown = [char for char in row if char["text"].strip()]
    if not shown:
        return None
    size = sorted(char["size"] for char in shown)[len(shown) // 2]
    gaps = sorted(after["x0"] - before["x1"] for before, after in pairwise(row))
    # A line stretched from margin to margin is wide everywhere.
    stretched = max(gaps[len(gaps) // 2], 0.0) if len(gaps) > 2 else 0.0
    text = row[0]["text"]
    for before, after in pairwise(row):
        if after["x0"] - before["x1"] - stretched > _widest_gap(before["text"], after["text"]) * size:
            text += " "
        text += after["text"]
    text = _repair(text).strip()
    if not text:
        return None
    return Line(
        text,
        shown[0]["x0"],
        shown[-1]["x1"],
        min(char["top"] for char in shown),
        max(char["bottom"] for char in shown),
        size,
        _head([(char["text"], char["x1"] - char["x0"]) for char in shown[:40]]),
        page,
        sheet,
    )


def _widest_gap(before: str, after: str) -> float:
    """Gap, in sizes, that still belongs to setting and not to a space: justified lines are stretched."""
    return 0.25 if before[-1:].isascii() and after[:1].isascii() and (before + after).isalnum() else 0.75


def _repair(text: str) -> str:
    """Radicals that some fonts give in place of characters (⼯ for 工); glyphs without a character go."""
    text = _PRIVATE.sub("", text)
    return "".join(unicodedata.normalize("NFKC", c) if "\u2e80" <= c <= "\u2fdf" else c for c in text)


def _head(shown: Sequence[tuple[str, float]]) -> float:
    """Width of what a typesetter keeps together at the beginning of a line: a word, a character with its marks.

    Quotation marks hold to both neighbours in some programs and to one in others: to both, here.
    """
    at, width = 0, 0.0
    glued = True
    while at < len(shown) and (glued or shown[at][0] in _NOT_FIRST or shown[at][0] in _QUOTES):
        text = shown[at][0]
        following = shown[at + 1][0] if at + 1 < len(shown) else ""
        glued = text in _NOT_LAST or text in _QUOTES or (_in_word(text) and _in_word(following))
        width += shown[at][1]
        at += 1
    return width


def _in_word(text: str) -> bool:
    return bool(text.strip()) and text < "\u2e80" and text not in _NOT_FIRST + _NOT_LAST + _QUOTES


def begins_item(text: str) -> bool:
    """是否以序号开头: 一、（一）1.（1）① 第一条 附件."""
    return _ITEM.match(text) is not None


def glue(before: str, after: str) -> str:
    """接排: two lines of one paragraph as one; words in Latin letters keep a space between them."""
    parted = before[-1:].isascii() and after[:1].isascii() and before[-1:].isalpha() and after[:1].isalpha()
    return f"{before}{' ' if parted else ''}{after}"
