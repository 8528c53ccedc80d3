"""电子表格: every visible sheet becomes a heading (where there are several) and a table."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from xiaoneng.kernel.documents.reading.building import Builder
from xiaoneng.kernel.documents.reading.grid import Span
from xiaoneng.kernel.documents.reading.limits import Meter


@dataclass(slots=True)
class Sheet:
    """工作表: filled cells by (row, column) from 0, merged ranges as (top, left, bottom, right) inclusive."""

    name: str
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)

    def spans(self, meter: Meter) -> list[Span]:
        """合并后的单元格: what a merged range hides under its first cell is not shown, so not read."""
        sizes = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in self.merged}
        filled: dict[int, list[int]] = {}
        for row, column in sorted(self.cells):
            filled.setdefault(row, []).append(column)
        rows = list(filled)
        hidden: set[tuple[int, int]] = set()
        for top, left, bottom, right in self.merged:
            for row in rows[bisect_left(rows, top) : bisect_right(rows, bottom)]:
                columns = filled[row]
                under = columns[bisect_left(columns, left) : bisect_right(columns, right)]
                meter.add_cells(1 + len(under))
                hidden.update((row, column) for column in under)
        return [
            Span(row, column, *sizes.get((row, column), (1, 1)), text)
            for (row, column), text in sorted(self.cells.items())
            if (row, column) in sizes or (row, column) not in hidden
        ]


def read(data: bytes, builder: Builder) -> None:
    """读取工作簿."""
    if builder.source_format == "xlsx":
        from xiaoneng.kernel.documents.reading.formats.xlsx import sheets
    else:
        from xiaoneng.kernel.documents.reading.formats.xls import sheets
    add_sheets(sheets(data, builder), builder)


def add_sheets(sheets: Sequence[Sheet], builder: Builder) -> None:
    """写入工作表."""
    filled = [sheet for sheet in sheets if any(text.strip() for text in sheet.cells.values())]
    for sheet in filled:
        if len(filled) > 1:
            builder.paragraph(sheet.name, level=1)
        builder.table(sheet.spans(builder.meter), caption=sheet.name, loose=True)
