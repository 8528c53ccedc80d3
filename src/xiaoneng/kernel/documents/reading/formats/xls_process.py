"""子进程: a workbook comes in by standard input, its filled cells go out as JSON."""

from __future__ import annotations

import io
import json
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from xiaoneng.kernel.documents.reading.confinement import confine
from xiaoneng.kernel.documents.reading.formats import values


def read(data: bytes, most: int) -> dict[str, Any]:
    """读取: `sheets` of (name, cells as (row, column, text), merged ranges), names of `hidden` ones, or `refused`."""
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return _sheets(workbook, most)
    except PasswordError:
        return {"refused": "password"}
    except CalamineError:
        return {"refused": "broken"}


def _sheets(workbook: CalamineWorkbook, most: int) -> dict[str, Any]:
    hidden, sheets, count = [], [], 0
    for position, meta in enumerate(workbook.sheets_metadata):
        if meta.typ != SheetTypeEnum.WorkSheet:
            continue
        if meta.visible != SheetVisibleEnum.Visible:
            hidden.append(meta.name)
            continue
        source = workbook.get_sheet_by_index(position)
        if source.start is None:
            continue
        left = source.start[1]  # iter_rows begins at the sheet's first row, but at the first column that is filled
        cells = []
        for row, found in enumerate(source.iter_rows()):
            cells += [(row, column, text) for column, value in enumerate(found, left) if (text := _text(value))]
            if count + len(cells) > most:
                return {"refused": "cells"}
        count += len(cells)
        merged = [(*first, *last) for first, last in source.merged_cell_ranges or ()]
        sheets.append((meta.name, cells, merged))
    return {"sheets": sheets, "hidden": hidden}


def _text(value: int | float | str | bool | time | date | datetime | timedelta) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return values.number(value)
    if isinstance(value, str):
        return value
    return values.moment(value)


if __name__ == "__main__":
    confine()
    sys.stdout.write(json.dumps(read(sys.stdin.buffer.read(), int(sys.argv[1]))))
