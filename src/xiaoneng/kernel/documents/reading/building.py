"""组装: what every format's reader writes into; the one place where text is cleaned and lines are counted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from xiaoneng.foundation.blocks import Block, Cell, Document, Paragraph, Table
from xiaoneng.kernel.documents.reading import grid
from xiaoneng.kernel.documents.reading.limits import Limits, Meter

Align = Literal["", "left", "center", "right"]

# Invisible characters that make two equal words differ or text run backwards; lone surrogates.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_SPACES = re.compile("[ \t\xa0\u2002-\u200a\u202f\u205f]+")
_BREAKS = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_INDENT = " \t\u3000"


def visible(text: str) -> str:
    """去除不可见字符, every other character kept."""
    return _INVISIBLE.sub("", text)


def split_lines(text: str) -> list[str]:
    """分行 at every kind of line end."""
    return _BREAKS.split(text)


def tidy(text: str) -> str:
    """整理: spaces of all widths but 　 become one space; outer spaces and indents go."""
    return _SPACES.sub(" ", visible(text)).strip(_INDENT)


def tidy_lines(text: str) -> list[str]:
    """整理各行: the lines that hold anything."""
    if text.isprintable() and "  " not in text:  # most cells of most tables: nothing to look for
        return [line] if (line := text.strip(" ")) else []
    return [line for line in map(tidy, split_lines(text)) if line]


class Builder:
    """组装器: collects the blocks of one document in reading order."""

    def __init__(self, limits: Limits, source_format: str) -> None:
        self.meter = Meter(limits)
        self.source_format = source_format
        self.metadata: dict[str, str] = {}
        self._blocks: list[Block] = []
        self._notes: list[str] = []
        self._line = 0

    def line_of_text(self, text: str, line: int) -> None:
        """文本行: kept exactly but for invisible characters; blank lines make no block."""
        text = visible(text)
        self._line = line
        if text.strip():
            self._add(Paragraph(text, line), len(text))

    def paragraph(self, text: str, *, level: int = 0, align: Align = "") -> None:
        """段落: tidied; a line break inside begins a new paragraph."""
        for line in tidy_lines(text):
            self._line += 1
            self._add(Paragraph(line, self._line, min(max(level, 0), 9), align), len(line))

    def table(self, spans: Sequence[grid.Span], *, caption: str = "", loose: bool = False) -> None:
        """表格: full-width rows above and below become paragraphs; so does a table of one column or cell."""
        spans = [grid.Span(s.row, s.column, s.height, s.width, "\n".join(tidy_lines(s.text))) for s in spans]
        rows, _ = grid.fill(spans, self.meter)
        rows = _trim(rows)
        start, end = grid.split_titles(rows, loose=loose)
        if rows and len(rows[0]) < 2:
            start = end
        for row in rows[:start]:
            self._row_as_paragraph(row, align="center")
        if end > start:
            self._grid(rows[start:end], tidy(caption))
        for row in rows[end:]:
            self._row_as_paragraph(row)

    def _row_as_paragraph(self, row: tuple[Cell, ...], *, align: Align = "") -> None:
        text = next((cell.text for cell in row if cell.text and cell.origin), "")
        self.paragraph(text, align=align)

    def _grid(self, rows: grid.Rows, caption: str) -> None:
        first = self._line + 1
        self._line += len(rows)
        lines = tuple(range(first, self._line + 1))
        self._add(Table(rows, first, lines, caption), sum(len(c.text) for row in rows for c in row if c.origin))

    def note(self, sentence: str) -> None:
        """说明 what was left out or guessed; each sentence once."""
        if sentence not in self._notes:
            self._notes.append(sentence)

    def _add(self, block: Block, characters: int) -> None:
        self.meter.add_block()
        self.meter.add_characters(characters)
        self._blocks.append(block)

    @property
    def empty(self) -> bool:
        """尚无文字."""
        return not self._blocks

    @property
    def has_table(self) -> bool:
        """已有表格."""
        return any(isinstance(block, Table) for block in self._blocks)

    def document(self) -> Document:
        """成稿."""
        return Document(tuple(self._blocks), self.source_format, self.metadata, tuple(self._notes))


def _trim(rows: grid.Rows) -> grid.Rows:
    """Empty rows and columns at the edges, and empty rows inside, say nothing."""
    kept = [row for row in rows if any(cell.text for cell in row)]
    if not kept:
        return ()
    used = [c for c in range(len(kept[0])) if any(row[c].text for row in kept)]
    return tuple(row[used[0] : used[-1] + 1] for row in kept)
