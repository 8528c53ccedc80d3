"""文本视图: the document as lines of text with their source lines, for detectors that read wording."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate, islice

from xiaoneng.foundation.blocks import Document, Paragraph
from xiaoneng.programme.reading.plan import Finding, Severity

# What lies beyond is not proofread: no plan is that long, and hostile text must not cost minutes.
LONGEST = 400_000


@dataclass(frozen=True, slots=True)
class Line:
    """行: one paragraph or one table cell; `cell` tells them apart; `block` counts the document's blocks."""

    text: str
    number: int
    cell: bool
    block: int


def lines_of(document: Document) -> tuple[Line, ...]:
    """逐行: paragraphs and the cells of tables (merged cells once), in reading order, up to `LONGEST` characters."""
    found: list[Line] = []
    size = 0
    for line in _all(document):
        if size >= LONGEST:
            break
        found.append(line if len(line.text) <= LONGEST - size else replace(line, text=line.text[: LONGEST - size]))
        size += len(line.text)
    return tuple(found)


def _all(document: Document) -> Iterator[Line]:
    for index, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            if block.text.strip():
                yield Line(block.text, block.line, False, index)
            continue
        for row, number in zip(block.rows, block.lines or (block.line,) * len(block.rows), strict=False):
            for cell in row:
                if cell.origin and cell.text.strip():
                    yield Line(cell.text, number, True, index)


class Whole:
    """全文: the lines as one text, newline between them, with every pair of neighbouring characters counted."""

    def __init__(self, lines: tuple[Line, ...]) -> None:
        self.lines = lines
        self.text = "\n".join(line.text.replace("\n", " ") for line in lines)
        self.starts = list(accumulate((len(line.text) + 1 for line in lines), initial=0))
        self.pairs = list(map(str.__add__, self.text, self.text[1:]))
        self.tally = Counter(self.pairs)

    def line_at(self, place: int) -> Line:
        """来源行: the line that holds a place of the whole text."""
        return self.lines[bisect_right(self.starts, place) - 1]


def finding(
    code: str, severity: Severity, line: Line | int, excerpt: str, message: str, suggestion: str = ""
) -> Finding:
    return Finding(code, severity, line if isinstance(line, int) else line.number, excerpt, message, suggestion)


def find_line(lines: tuple[Line, ...], excerpt: str, start: int = 0) -> int:
    """The first source line at or after `start` that holds the excerpt; `start` itself where none does."""
    for line in islice(lines, bisect_left(lines, start, key=lambda line: line.number), None):
        if excerpt in line.text:
            return line.number
    for line in lines:
        if excerpt in line.text:
            return line.number
    return start
