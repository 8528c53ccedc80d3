"""段落: lines joined where the text was only wrapped: by indents, line ends, gaps and sizes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from xiaoneng.kernel.documents.reading.building import Align, Builder
from xiaoneng.kernel.documents.reading.formats.pdf.pages import Page
from xiaoneng.kernel.documents.reading.formats.pdf.typesetting import Line, begins_item, glue

Sheet = tuple[int, int]
_SENTENCE_END = "。；：！？）;:!?)"


@dataclass(frozen=True, slots=True)
class Margins:
    """版心: left and right edge of running text, usual size and usual gap between lines, in points."""

    left: float
    right: float
    size: float
    gap: float


def margins_of(pages: Sequence[Page]) -> dict[Sheet, Margins]:
    """各种页面大小的版心."""
    found: dict[Sheet, list[Line]] = {}
    for page in pages:
        for item in page.items:
            if isinstance(item, Line):
                found.setdefault(item.sheet, []).append(item)
    return {sheet: _margins(lines) for sheet, lines in found.items()}


def _margins(lines: Sequence[Line]) -> Margins:
    size = Counter({round(line.size, 1): 0 for line in lines})
    for line in lines:
        size[round(line.size, 1)] += len(line.text)
    usual = size.most_common(1)[0][0]
    body = [line for line in lines if abs(line.size - usual) < 0.15 * usual]
    gaps = sorted(b.top - a.bottom for a, b in pairwise(body) if a.page == b.page and b.top > a.bottom - a.size)
    left = _outermost([line.x0 for line in body], usual / 3, max(2, len(body) * 0.06))
    # Lines that end short say nothing of the right edge, however many they are.
    right = -_outermost([-line.x1 for line in body], usual, 2)
    if sum(line.x1 > right - usual for line in body) < 4:
        # Too few to show an edge: then the page is taken to be as wide on the right as on the left.
        right = max(right, lines[0].sheet[0] - left - 3 * usual)
    return Margins(left, right, usual, min(gaps[len(gaps) // 2], 1.5 * usual) if gaps else usual)


def _outermost(edges: Sequence[float], near: float, enough: float) -> float:
    """The smallest position at which `enough` lines stand: a single line may stray."""
    ordered = sorted(edges)
    for edge in ordered:
        if bisect_right(ordered, edge + near) - bisect_left(ordered, edge) >= enough:
            return edge
    return ordered[0]


def paragraphs(lines: Sequence[tuple[Line, Margins]], builder: Builder) -> None:
    """写成段落."""
    text = ""
    last: Line | None = None
    alignment: Align = ""
    for line, margins in lines:
        if last is not None and _runs_on(last, line, margins, alignment):
            text = glue(text, line.text)
        else:
            builder.paragraph(text, align=alignment)
            text, alignment = line.text, _align(line, margins)
        last = line
    builder.paragraph(text, align=alignment)


def _runs_on(before: Line, line: Line, margins: Margins, align: Align) -> bool:
    size = margins.size
    if align or abs(before.size - line.size) > 0.12 * size or line.sheet != before.sheet:
        return False
    if line.x0 > margins.left + 0.7 * size:
        return False
    if line.page == before.page and line.top - before.bottom > max(margins.gap * 1.5, margins.gap + 0.6 * size):
        return False
    if before.text[-1] in _SENTENCE_END and begins_item(line.text):
        return False
    return before.runs_on(line, margins.right)


def _align(line: Line, margins: Margins) -> Align:
    size = line.size
    width = margins.right - margins.left
    from_left, to_right = line.x0 - margins.left, margins.right - line.x1
    if from_left > 2.5 * size and abs(from_left - to_right) < 1.6 * size:
        return "center"
    if from_left > 0.45 * width and to_right < 0.25 * width:
        return "right"
    return ""
