"""Markdown: headings, tables and lines; marks of emphasis go, every line stays a paragraph of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xiaoneng.kernel.documents.reading.building import Builder, split_lines
from xiaoneng.kernel.documents.reading.decoding import decode
from xiaoneng.kernel.documents.reading.grid import Span

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]|\Z)")
_RULE = re.compile(r"\s*(?:[-*_]\s*){3,}\Z")
_DIVIDER = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*\Z")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_CELLS = re.compile(r"(?<!\\)\|")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_INLINE = (
    (re.compile(r"!\[[^\[\]\n]*\]\([^()\n]*\)"), ""),
    (re.compile(r"\[([^\[\]\n]+)\]\([^()\n]*\)"), r"\1"),
    (re.compile(r"(\*\*|__)(?=\S)([^*_\n]+?)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)\*(?![\w*])"), r"\1"),
    (re.compile(r"`([^`\n]+)`"), r"\1"),
    (re.compile(r"<br\s*/?>", re.I), "\n"),
    (re.compile(r"</?(?:b|i|u|em|strong|span|font|center|p|div)\b[^<>\n]*>", re.I), ""),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!|>-])"), r"\1"),
)
_BULLET = re.compile(r"\s*[-*+]\s+(?:\[[ xX]\]\s+)?")
_QUOTE = re.compile(r"\s*(?:>\s?)+")


def read(data: bytes, builder: Builder) -> None:
    """读取 Markdown; a table written as HTML is read as HTML."""
    text, note = decode(data)
    if note:
        builder.note(note)
    text = _COMMENT.sub("", text)
    for part, is_html in _parts(text):
        if is_html:
            from xiaoneng.kernel.documents.reading.formats import html

            html.read_text(part, builder)
        else:
            _read_lines(split_lines(part), builder)


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """Markdown and HTML tables by turns."""
    lower, at = text.lower(), 0
    while (start := lower.find("<table", at)) >= 0 and (end := lower.find("</table>", start)) >= 0:
        end += len("</table>")
        yield text[at:start], False
        yield text[start:end], True
        at = end
    yield text[at:], False


def _read_lines(lines: list[str], builder: Builder) -> None:
    at, fenced = 0, False
    while at < len(lines):
        line = lines[at]
        following = lines[at + 1] if at + 1 < len(lines) else ""
        at += 1
        if _FENCE.match(line):
            fenced = not fenced
        elif fenced:
            builder.paragraph(line)
        elif "|" in line and "|" in following and _DIVIDER.match(following[:2_000]):
            at = _table(lines, at - 1, builder)
        elif heading := _HEADING.match(line):
            title = line[heading.end() :].rstrip().rstrip("#")
            builder.paragraph(_plain(title), level=len(heading.group(1)))
        elif not _RULE.match(line[:200]):
            builder.paragraph(_plain(_BULLET.sub("", _QUOTE.sub("", line, count=1), count=1)))


def _table(lines: list[str], start: int, builder: Builder) -> int:
    """Reads the table whose head is line `start`; returns the line after it."""
    spans: list[Span] = []
    end = start
    while end < len(lines) and "|" in lines[end]:
        if end != start + 1:
            cells = _CELLS.split(lines[end].strip().removeprefix("|").removesuffix("|"))
            builder.meter.add_cells(len(cells))
            spans.extend(Span(end, column, 1, 1, _plain(cell)) for column, cell in enumerate(cells))
        end += 1
    builder.table(spans)
    return end


def _plain(text: str) -> str:
    for pattern, replacement in _INLINE:
        text = pattern.sub(replacement, text)
    return text
