"""旧式 xls 工作簿."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from xiaoneng.foundation.refusals import Unreadable
from xiaoneng.kernel.documents.reading.building import Builder
from xiaoneng.kernel.documents.reading.formats import values
from xiaoneng.kernel.documents.reading.formats.sheets import Sheet


def sheets(data: bytes, builder: Builder) -> list[Sheet]:
    """各工作表."""
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError as error:
        raise Unreadable("文件设有打开密码。", remedy="请在原来的软件中取消密码，另存后重试。") from error
    except CalamineError as error:
        raise Unreadable("文件已损坏，工作簿打不开。", remedy="请用原来的软件打开，另存为 xlsx 后重试。") from error
    found = []
    for position, meta in enumerate(workbook.sheets_metadata):
        if meta.typ != SheetTypeEnum.WorkSheet:
            continue
        if meta.visible != SheetVisibleEnum.Visible:
            builder.note(f"工作表“{meta.name}”是隐藏的，没有读取。")
            continue
        found.append(_sheet(workbook, position, meta.name, builder))
    return found


def _sheet(workbook: CalamineWorkbook, position: int, name: str, builder: Builder) -> Sheet:
    source = workbook.get_sheet_by_index(position)
    sheet = Sheet(name)
    if source.start is None:
        return sheet
    left = source.start[1]  # iter_rows begins at the sheet's first row, but at the first column that is filled
    for row, cells in enumerate(source.iter_rows()):
        builder.meter.add_cells(sum(value != "" for value in cells))
        for column, value in enumerate(cells, left):
            if text := _text(value):
                sheet.cells[row, column] = text
    for (top, left), (bottom, right) in source.merged_cell_ranges or ():
        sheet.merged.append((top, left, bottom, right))
        sheet.cells.setdefault((top, left), "")
    return sheet


def _text(value: int | float | str | bool | time | date | datetime | timedelta) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return values.number(value)
    if isinstance(value, str):
        return value
    return values.moment(value)
