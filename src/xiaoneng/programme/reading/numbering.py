"""序号: the numbers that Chinese official documents put before headings and items.

The usual order of levels is 第一章、一、（一）、1.、（1）、①; full and half width, `．`, `﹒`
and stray blanks are all met in published text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Style = Literal["chapter", "section", "article", "han", "han-paren", "digit", "digit-paren", "circle", "ordinal"]

# Outer styles first: a heading closes every open heading of its own rank and below.
RANK: dict[Style, int] = {
    "chapter": 0,
    "section": 1,
    "article": 2,
    "han": 2,
    "han-paren": 3,
    "digit": 4,
    "digit-paren": 5,
    "circle": 6,
    "ordinal": 7,
}

_HAN = "〇零一二三四五六七八九十百"
_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_PATTERN = re.compile(
    rf"\s*(?:"
    rf"第\s*(?P<article>[{_HAN}]{{1,7}}|\d{{1,4}})\s*(?P<kind>章|节|条)(?![{_HAN}第]?款)\s*"
    rf"|(?P<han>[{_HAN}]{{1,5}})\s*(?:、|[.．﹒](?!\d))\s*"
    rf"|[（(]\s*(?P<hanparen>[{_HAN}]{{1,5}})\s*[）)]\s*[、.．]?\s*"
    rf"|[（(]\s*(?P<digitparen>\d{{1,3}})\s*[）)]\s*"
    rf"|(?P<digit>\d{{1,3}}|[１２３４５６７８９０]{{1,3}})\s*(?:[.．﹒](?!\d)|、)\s*"
    rf"|(?P<circle>[{_CIRCLES}])\s*"
    rf"|(?P<ordinal>[一二三四五六七八九十]{{1,2}})(?:是|要)(?=\S)"
    rf")"
)
_STARTS = frozenset(f"{_HAN}{_CIRCLES}（(第0123456789１２３４５６７８９０")
_VALUES = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0}


@dataclass(frozen=True, slots=True)
class Mark:
    """序号标记: `written` is the number as it stands, without blanks at its ends; `end` is where the text goes on."""

    style: Style
    value: int
    written: str
    end: int

    @property
    def rank(self) -> int:
        return RANK[self.style]


def han_number(text: str) -> int:
    """汉字数 below one thousand: 十二 → 12, 二十 → 20, 一百零三 → 103, 二〇一九 → 2019."""
    if not any(c in text for c in "十百"):
        value = 0
        for c in text:
            value = value * 10 + _VALUES[c]
        return value
    total = digit = 0
    for c in text:
        if c == "百":
            total, digit = total + (digit or 1) * 100, 0
        elif c == "十":
            total, digit = total + (digit or 1) * 10, 0
        else:
            digit = _VALUES[c]
    return total + digit


def to_han(value: int) -> str:
    """写作汉字: the usual wording of 1–999, the inverse of `han_number`."""
    digits = "零一二三四五六七八九"
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    out = f"{digits[hundreds]}百" if hundreds else ""
    if tens:
        out += ("" if tens == 1 and not hundreds else digits[tens]) + "十"
    elif hundreds and ones:
        out += "零"
    return out + (digits[ones] if ones or not value else "")


def mark_at(text: str, position: int = 0) -> Mark | None:
    """识别序号 at `position`; None where the text there is not a number of a heading or an item."""
    start = text[position : position + 1]
    if not start.isspace() and start not in _STARTS:
        return None
    found = _PATTERN.match(text, position)
    if found is None:
        return None
    group = found.lastgroup or ""
    written = found.group().strip()
    end = found.end()
    if found["kind"]:
        number = found["article"]
        value = int(number) if number.isdigit() else han_number(number)
        style: Style = {"章": "chapter", "节": "section"}.get(found["kind"], "article")  # type: ignore[assignment]
        return Mark(style, value, written, end)
    number = found[group]
    if group == "circle":
        return Mark("circle", _CIRCLES.index(number) + 1, written, end)
    if group in ("digit", "digitparen"):
        return Mark("digit" if group == "digit" else "digit-paren", int(number), written, end)
    value = han_number(number)
    style = {"han": "han", "hanparen": "han-paren", "ordinal": "ordinal"}[group]  # type: ignore[assignment]
    return Mark(style, value, written, end)
