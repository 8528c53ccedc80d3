"""重复: words, marks, sentences, paragraphs and column headings that stand twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from xiaoneng.foundation.blocks import Document, Table
from xiaoneng.programme.reading.findings import lexicon
from xiaoneng.programme.reading.findings.text import Line, finding
from xiaoneng.programme.reading.plan import Finding

_WORD = re.compile(r"([一-龥]{2,8})\1")
_SMALL = re.compile(
    r"(?<![目标有])的的(?![确士])|(?<![除为])了了(?!解|无|结|望)|(?<![总饱调缓温])和和(?![睦谐平善气])|与与|及及|(?<![存现潜内自外])在在|把把|被被|从从|或或|对对(?![^，。；]{0,6}对)"
)
_MARKS = re.compile(r"[，。；：、,;:]\s?[，。；：、]")
# Doubling that grammar wants.
_WANTED = re.compile(r"^(?:一[一-龥]|[许很]多|商量|研究|讨论|学习|打听|休息|考虑|考察|方方|面面|[一-龥]一)$")
_LONG = 30


def repeated_text(document: Document, lines: tuple[Line, ...]) -> Iterator[Finding]:
    """重复文字."""
    for line in lines:
        yield from _in_line(line)
    yield from _paragraphs([line for line in lines if not line.cell])
    yield from _columns(document, lines)


def _in_line(line: Line) -> Iterator[Finding]:
    text = line.text
    for match in _WORD.finditer(text):
        word = match[1]
        if len(word) == 2 and word not in lexicon.known():
            continue
        if len(set(word)) > 1 and not _WANTED.match(word) and not _nested(text, match):
            yield finding("repeated-text", "warning", line, match.group(), f"“{word}”重复。", word)
    for match in _SMALL.finditer(text):
        yield finding("repeated-text", "warning", line, match.group(), f"“{match.group()[0]}”重复。", match.group()[0])
    for match in _MARKS.finditer(text):
        yield finding("repeated-text", "warning", line, match.group(), "标点重复。", match.group()[0])
    sentences = [s for s in re.split(r"(?<=[。；！？])", text) if len(s) > 9 and s[-1] in "。；！？"]
    for one, two in pairwise(sentences):
        if one == two:
            yield finding("repeated-text", "warning", line, two[:40], "同一句话连写两遍。")


def _nested(text: str, match: re.Match[str]) -> bool:
    """Two words that share their border, such as 人民法院 … or 某某 placeholders, are no repetition."""
    return (
        match[1] in ("某某", "××")
        or text[match.end() : match.end() + 1] in "不没"
        or text[match.start() - 1 : match.start()] == "“"
    )


def _paragraphs(lines: Sequence[Line]) -> Iterator[Finding]:
    first: dict[str, Line] = {}
    again: list[tuple[Line, Line]] = []
    for line in lines:
        words = re.sub(r"\s+", "", line.text)
        if len(words) < _LONG or not words.endswith(("。", "；", "！", "）", ";", ".")):
            continue
        if words in first:
            again.append((line, first[words]))
        else:
            first[words] = line
    if len(again) > 3 and 3 * len(again) > len(first):
        line, original = again[0]
        yield finding(
            "repeated-text", "notice", line, line.text[:20], f"全文自第{original.number}行起的内容在此重复出现。"
        )
        return
    for line, original in again[:50]:
        yield finding("repeated-text", "warning", line, line.text[:40], f"与第{original.number}行的段落完全相同。")


def _columns(document: Document, lines: tuple[Line, ...]) -> Iterator[Finding]:
    """Two columns of one table under the same heading; the table may have come as one cell per line."""
    headings: list[list[tuple[str, int]]] = []
    for block in document.blocks:
        if isinstance(block, Table) and len(block.rows) > 2:
            number = block.lines[0] if block.lines else block.line
            headings.append([(c.text.strip(), number) for c in block.rows[0] if c.origin])
    texts = [line.text.strip() for line in lines]
    for i, text in enumerate(texts):
        if text == "序号" and not lines[i].cell:
            end = next(
                (k for k in range(i + 1, min(i + 13, len(texts))) if texts[k].isdigit() or len(texts[k]) > 12), i
            )
            headings.append([(texts[k], lines[k].number) for k in range(i, end)])
    for row in headings:
        names = [name for name, _ in row]
        if len(set(names)) < 3 or names[0] not in ("序号", "编号"):
            continue
        for k, (name, number) in enumerate(row):
            if name and name in names[:k]:
                yield finding(
                    "repeated-text", "notice", number, name, f"表头中“{name}”一栏出现两次，其中一栏的名称疑有误。"
                )
