"""Small documents for tests, in the tests' own words."""

from __future__ import annotations

from collections.abc import Sequence

from xiaoneng.foundation.blocks import Block, Cell, Document, Paragraph, Table
from xiaoneng.programme.reading import Plan, read_plan

TITLE = "关于印发某市服务提升工作方案的通知"


def document(*blocks: str | Block) -> Document:
    """Paragraphs on lines 1, 2, …; blocks as they are."""
    made = [b if not isinstance(b, str) else Paragraph(b, i) for i, b in enumerate(blocks, 1)]
    return Document(tuple(made), "txt")


def plan_of(*blocks: str | Block) -> Plan:
    return read_plan(document(TITLE, *blocks, "某市人民政府", "2023年3月1日"))


def table(rows: Sequence[Sequence[str]], *, down: Sequence[int] = ()) -> Table:
    """A table; in the columns `down`, equal cells under one another are one merged cell; "<" merges with the left."""
    grid: list[tuple[Cell, ...]] = []
    for r, row in enumerate(rows):
        cells: list[Cell] = []
        for c, text in enumerate(row):
            if text == "<":
                cells.append(Cell(cells[-1].text, origin=False))
            else:
                merged = c in down and r > 0 and grid[r - 1][c].text == text
                cells.append(Cell(text, origin=not merged))
        grid.append(tuple(cells))
    return Table(tuple(grid), 1, tuple(range(1, len(grid) + 1)))
