"""标点成对: brackets, quotation marks and book-title marks that open and never close, or close what never opened."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xiaoneng.programme.reading.findings.text import Line, finding
from xiaoneng.programme.reading.plan import Finding

_OPEN = {"“": "”", "‘": "’", "《": "》", "（": "）", "(": "）", "〔": "〕", "【": "】", "「": "」", "[": "]"}
_CLOSE = {"”": "”", "’": "’", "》": "》", "）": "）", ")": "）", "〕": "〕", "】": "】", "」": "」", "]": "]"}
# 1) and a） number items; they close nothing.
_ITEM = re.compile(r"(?:^|[\s，。；：、,;:])(?:\d{1,2}|[a-zA-Z]|[一二三四五六七八九十]{1,3})[)）]")
_NAMES = {
    "”": "引号",
    "’": "单引号",
    "》": "书名号",
    "）": "括号",
    "〕": "六角括号",
    "】": "方括号",
    "」": "引号",
    "]": "方括号",
}
# A quotation may run over paragraphs, but not far.
_FAR = 12
_SHOWN = 10


def unpaired_marks(lines: tuple[Line, ...]) -> Iterator[Finding]:
    """标点不成对: the excerpt begins with a mark that never closes, or ends with one that never opened."""
    waiting: list[tuple[int, Line, int, str]] = []
    alone: list[tuple[Line, int, str]] = []
    for index, line in enumerate(lines):
        kept = []
        for entry in waiting:
            if index - entry[0] > _FAR or line.cell != entry[1].cell:
                alone.append(entry[1:])
            else:
                kept.append(entry)
        opened, closed = _left_over(line.text)
        for place, mark in closed:
            partner = next((e for e in reversed(kept) if e[3] == mark), None)
            if partner is None:
                alone.append((line, place, mark))
            else:
                kept.remove(partner)
        waiting = [*kept, *((index, line, place, mark) for place, mark in opened)][-50:]
    alone.extend(entry[1:] for entry in waiting)
    for line, place, mark in alone:
        opening = line.text[place] in _OPEN
        excerpt = line.text[place : place + _SHOWN] if opening else line.text[max(0, place - _SHOWN + 1) : place + 1]
        said = "缺少后半个" if opening else "缺少前半个"
        yield finding("unpaired-mark", "warning", line, excerpt, f"{_NAMES[mark]}“{line.text[place]}”{said}。")


def _left_over(text: str) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """Places of marks without a partner in this text, each with the closing mark of its kind."""
    if not any(c in text for c in "“”‘’《》（）()〔〕【】「」[]"):
        return [], []
    items = {m.end() - 1 for m in _ITEM.finditer(text)}
    stack: list[tuple[int, str]] = []
    closed: list[tuple[int, str]] = []
    for place, c in enumerate(text):
        if c in _OPEN:
            stack.append((place, _OPEN[c]))
        elif c in _CLOSE:
            mark = _CLOSE[c]
            at = next((k for k in range(len(stack) - 1, max(-1, len(stack) - 9), -1) if stack[k][1] == mark), None)
            if at is not None:
                del stack[at]
            elif place not in items and not (mark == "’" and text[max(0, place - 1)].isascii()):
                closed.append((place, mark))
    return stack, closed
