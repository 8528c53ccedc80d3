"""接页: a table that a page break cut in two is one table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xiaoneng.kernel.documents.reading.formats.pdf.pages import Page
from xiaoneng.kernel.documents.reading.formats.pdf.tables import Piece, Ruled, cluster, nearest
from xiaoneng.kernel.documents.reading.formats.pdf.typesetting import Line, glue
from xiaoneng.kernel.documents.reading.grid import Span

_NEAR = 6.0
_HEAD_ROWS = 3


class Joined:
    """接好的表格."""

    def __init__(self, piece: Piece) -> None:
        self._first = self._last = piece
        self._cells = [replace(cell) for cell in piece.cells]
        self._rows = piece.rows

    def spans(self) -> list[Span]:
        """按列落位."""
        rules = cluster([edge for cell in self._cells for edge in (cell.x0, cell.x1)])
        spans = []
        for cell in self._cells:
            column = nearest(rules, cell.x0)
            spans.append(Span(cell.row, column, cell.height, max(nearest(rules, cell.x1) - column, 1), cell.text))
        return sorted(spans, key=lambda span: (span.row, span.column))

    def continues(self, piece: Piece) -> bool:
        """是否下一页的续表: next page, same width, and rules where this table has them."""
        if piece.page != self._last.page + 1:
            return False
        if abs(piece.x0 - self._last.x0) > _NEAR or abs(piece.x1 - self._last.x1) > _NEAR:
            return False
        known = cluster([edge for cell in self._cells for edge in (cell.x0, cell.x1)])
        rules = piece.rules()
        return sum(any(abs(rule - other) <= _NEAR for other in known) for rule in rules) * 10 >= len(rules) * 7

    def add(self, piece: Piece) -> None:
        """接上续表: its repeated head goes, a row cut in two is joined, merged cells run on."""
        self._last = piece
        head = self._repeated_head(piece)
        cells = [replace(cell, row=cell.row - head) for cell in piece.cells if cell.row >= head]
        if not cells:
            return
        merged = {c for c in range(self._columns()) if self._is_merged(c, cells)}
        cut = self._is_cut(cells, merged)
        offset = self._rows - cut
        for cell in cells:
            above = self._above(cell) if cell.row == 0 else None
            if above is not None and (cut or (not cell.text and self._column(cell) in merged)):
                above.height += cell.height - cut
                above.text = glue(above.text, cell.text) if cell.text else above.text
            else:
                cell.row += offset
                self._cells.append(cell)
        self._rows = offset + piece.rows - head

    def _repeated_head(self, piece: Piece) -> int:
        rows = 0
        while rows < min(_HEAD_ROWS, piece.rows) and _row(piece.cells, rows) == _row(self._first.cells, rows) != []:
            rows += 1
        return rows

    def _columns(self) -> int:
        return len(cluster([cell.x0 for cell in self._cells]))

    def _column(self, cell: Ruled) -> int:
        return nearest(cluster([other.x0 for other in self._cells]), cell.x0 + 1)

    def _is_merged(self, column: int, cells: list[Ruled]) -> bool:
        return any(
            cell.height > 1 and self._column(cell) == column and cell.row >= 1 - (cell in cells)
            for cell in (*self._cells, *cells)
        )

    def _is_cut(self, cells: list[Ruled], merged: set[int]) -> bool:
        """Whether the page break went through a row: a column that is never empty, and never merged, begins empty."""
        first = {self._column(cell): cell for cell in cells if cell.row == 0}
        for column, cell in first.items():
            if column in merged or cell.text or self._above(cell) is None:
                continue
            others = [c for c in (*self._cells, *(c for c in cells if c.row > 0)) if self._column(c) == column]
            if all(other.text for other in others):
                return True
        return False

    def _above(self, cell: Ruled) -> Ruled | None:
        """The lowest cell of this table with the same sides."""
        for other in reversed(self._cells):
            reaches_end = other.row + other.height >= self._rows
            if reaches_end and abs(other.x0 - cell.x0) <= _NEAR and abs(other.x1 - cell.x1) <= _NEAR:
                return other
        return None


def _row(cells: tuple[Ruled, ...], row: int) -> list[str]:
    return [cell.text for cell in sorted(cells, key=lambda c: c.x0) if cell.row == row]


def join(pages: list[Page]) -> Iterator[Line | Joined]:
    """全文各项 in reading order, tables joined over pages."""
    waiting: Joined | None = None
    for page in pages:
        for item in page.items:
            if isinstance(item, Line):
                if waiting is not None:
                    yield waiting
                    waiting = None
                yield item
            elif waiting is not None and waiting.continues(item):
                waiting.add(item)
            else:
                if waiting is not None:
                    yield waiting
                waiting = Joined(item)
    if waiting is not None:
        yield waiting
