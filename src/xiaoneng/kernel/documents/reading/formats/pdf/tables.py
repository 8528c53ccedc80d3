"""一页上的表格: ruled cells with their text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from xiaoneng.kernel.documents.reading.formats.pdf.typesetting import begins_item, glue, lines

_NEAR = 4.0  # points: rules closer than this are one rule
_PADDING = 6.5


@dataclass(slots=True)
class Ruled:
    """线框单元格: columns by position on the page, rows counted from 0 within the piece."""

    x0: float
    x1: float
    row: int
    height: int
    text: str


@dataclass(frozen=True, slots=True)
class Piece:
    """表格的一段: as much of a table as stands on one page."""

    cells: tuple[Ruled, ...]
    rows: int
    page: int
    x0: float
    x1: float
    top: float
    bottom: float

    def holds(self, char: dict[str, Any]) -> bool:
        """字符是否在表内."""
        x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
        return bool(self.x0 <= x <= self.x1 and self.top <= y <= self.bottom)

    def rules(self) -> list[float]:
        """竖线位置."""
        return cluster([edge for cell in self.cells for edge in (cell.x0, cell.x1)])


def pieces(page: Any, chars: Sequence[dict[str, Any]], number: int) -> list[Piece]:
    """一页上的各段表格; a frame around text with a single column is none."""
    found = []
    for table in page.find_tables():
        boxes = [box for box in table.cells if box[2] - box[0] > _NEAR and box[3] - box[1] > _NEAR]
        if len({round(box[0] / _NEAR) for box in boxes}) < 2:
            continue
        found.append(_piece(boxes, chars, number))
    # A page's ornamental frame may hold a table: the inner one is the table.
    return [p for p in found if not any(q is not p and _inside(q, p) for q in found)]


def _inside(inner: Piece, outer: Piece) -> bool:
    return outer.x0 <= inner.x0 and inner.x1 <= outer.x1 and outer.top <= inner.top and inner.bottom <= outer.bottom


def _piece(boxes: list[tuple[float, float, float, float]], chars: Sequence[dict[str, Any]], number: int) -> Piece:
    ys = cluster([y for box in boxes for y in (box[1], box[3])])
    held: dict[int, list[dict[str, Any]]] = {}
    left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
    for char in chars:
        x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
        if left <= x <= right and ys[0] - 1 <= y <= ys[-1] + 1:
            home = next((i for i, b in enumerate(boxes) if b[0] <= x < b[2] and b[1] <= y < b[3]), None)
            if home is not None:
                held.setdefault(home, []).append(char)
    cells = []
    for i, (x0, top, x1, bottom) in enumerate(boxes):
        row = nearest(ys, top)
        cells.append(Ruled(x0, x1, row, max(nearest(ys, bottom) - row, 1), _text(held.get(i, ()), x0, x1)))
    return Piece(tuple(cells), len(ys) - 1, number, left, right, ys[0], ys[-1])


def _text(chars: Sequence[dict[str, Any]], x0: float, x1: float) -> str:
    """A cell's text: lines that were only wrapped are joined, others stay lines of their own."""
    found = lines(chars)
    if not found:
        return ""
    right = x1 - min(max(min(line.x0 for line in found) - x0, 0.0), _PADDING)
    text = found[0].text
    for before, line in pairwise(found):
        wrapped = before.runs_on(line, right) and not begins_item(line.text)
        text = glue(text, line.text) if wrapped else f"{text}\n{line.text}"
    return text


def cluster(values: list[float]) -> list[float]:
    """归并: sorted positions, those nearer than `_NEAR` to the one before counted as one."""
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > _NEAR:
            kept.append(value)
    return kept


def nearest(kept: list[float], value: float) -> int:
    """位置的序号 among clustered positions."""
    return max(bisect_right(kept, value + 0.01) - 1, 0)
