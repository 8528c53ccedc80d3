"""网格: cells with spans become a rectangle in which a merged cell stands at every position it covers."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from xiaoneng.foundation.blocks import Cell
from xiaoneng.kernel.documents.reading.limits import Meter

Rows = tuple[tuple[Cell, ...], ...]
MOST_COLUMNS = 1_000  # the ceiling that the HTML standard sets for colspan
MOST_ROWS = 65_534  # and for rowspan

EMPTY = Cell("")


@dataclass(frozen=True, slots=True)
class Span:
    """跨度: a cell as the file states it, at a grid position; `height` and `width` count positions."""

    row: int
    column: int
    height: int
    width: int
    text: str


def flow(rows: Sequence[Sequence[tuple[str, int, int]]], meter: Meter) -> list[Span]:
    """依次落位: HTML's way: (text, rowspan, colspan) per row; each cell takes the next free position.

    A rowspan of 0 reaches to the last row; spans are cut to the rows there are and to `MOST_COLUMNS`.
    """
    spans: list[Span] = []
    occupied_until: dict[int, int] = {}  # column -> first row in which it is free again
    for r, row in enumerate(rows):
        column = 0
        for text, height, width in row:
            while occupied_until.get(column, 0) > r:
                column += 1
            height = len(rows) - r if height <= 0 else min(height, len(rows) - r, MOST_ROWS)
            width = min(max(width, 1), MOST_COLUMNS)
            meter.add_cells(width)
            spans.append(Span(r, column, height, width, text))
            for c in range(column, column + width):
                occupied_until[c] = max(occupied_until.get(c, 0), r + height)
            column += width
    return spans


def fill(spans: Sequence[Span], meter: Meter) -> tuple[Rows, tuple[int, ...]]:
    """填满: the rectangle, and for each of its rows the row number it had.

    Rows and columns in which no cell begins are no rows and columns to a reader's eye and are left out.
    """
    row_numbers = sorted({s.row for s in spans})
    column_numbers = sorted({s.column for s in spans})
    meter.add_cells(len(row_numbers) * len(column_numbers))
    row_of = {number: i for i, number in enumerate(row_numbers)}
    column_of = {number: i for i, number in enumerate(column_numbers)}
    grid = [[EMPTY] * len(column_numbers) for _ in row_numbers]
    taken: set[tuple[int, int]] = set()
    for span in spans:
        first = True
        covered_rows = _covered(row_of, row_numbers, span.row, span.height)
        covered_columns = _covered(column_of, column_numbers, span.column, span.width)
        meter.add_cells(len(covered_rows) * len(covered_columns))  # spans may lie over one another
        for r in covered_rows:
            for c in covered_columns:
                if (r, c) in taken:
                    continue
                taken.add((r, c))
                grid[r][c] = Cell(span.text, origin=first)
                first = False
    return tuple(tuple(row) for row in grid), tuple(row_numbers)


def _covered(position: dict[int, int], numbers: list[int], start: int, length: int) -> range:
    return range(position[start], bisect_left(numbers, start + length))


def split_titles(rows: Rows, *, loose: bool = False) -> tuple[int, int]:
    """题头题尾: rows [start, end) are the table; those before and after are one text across the whole width.

    With `loose` (sheets) a leading row with a single filled cell counts as well.
    """
    start, end = 0, len(rows)
    if not rows or len(rows[0]) < 2:
        return start, end
    while start < end and (_one_cell(rows[start]) or (loose and _one_text(rows[start]))):
        start += 1
    while end > start and _one_cell(rows[end - 1]):
        end -= 1
    return start, end


def _one_cell(row: tuple[Cell, ...]) -> bool:
    return row[0].origin and not any(cell.origin for cell in row[1:])


def _one_text(row: tuple[Cell, ...]) -> bool:
    return len({cell.text for cell in row if cell.text}) == 1 and sum(c.origin and bool(c.text) for c in row) == 1
