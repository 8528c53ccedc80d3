"""读机构表 (pure): bytes → rows by sheet, each complaint with its sheet and row number."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from typing import Any, TypedDict

import openpyxl
from openpyxl.cell.read_only import EmptyCell

from xiaoneng.foundation.refusals import Unreadable
from xiaoneng.kernel.organisation.workbook.columns import GUIDE, SHEETS

MOST_BYTES = 5 * 1024 * 1024
MOST_EXPANDED = 60 * 1024 * 1024
MOST_PARTS = 500
MOST_ROWS = 5000
LONGEST_CELL = 2000
WIDEST = 30


class Row(TypedDict):
    """一行: its number in the sheet, and its values as text, by heading."""

    number: int
    values: dict[str, str]


Rows = dict[str, list[Row]]


class Problem(TypedDict):
    """问题: where, and what is wrong, in Chinese; row 0 is the sheet itself."""

    sheet: str
    row: int
    message: str


def read(content: bytes) -> tuple[Rows, list[Problem]]:
    """读机构表: raises `Unreadable` where the file is no workbook; else all rows and all complaints about them."""
    book = _open(content)
    rows: Rows = {}
    problems: list[Problem] = []
    try:
        for sheet in book.worksheets:
            if sheet.title in SHEETS:
                rows[sheet.title] = _rows(sheet, problems)
            elif sheet.title != GUIDE:
                problems.append(Problem(sheet=sheet.title, row=0, message="不认识的工作表，请使用模板中的名称。"))
    except Unreadable:
        raise
    except Exception as error:
        raise _unreadable() from error
    finally:
        book.close()
    if not any(rows.values()) and not problems:
        raise Unreadable("机构表中没有内容。", remedy="请在模板的各工作表中填写后再上传。")
    return rows, problems


def _open(content: bytes) -> Any:
    if not content:
        raise Unreadable("文件是空的。", remedy="请选择填写好的机构表。")
    if len(content) > MOST_BYTES:
        raise Unreadable("文件超过 5 MB。", remedy="请删除无关内容，或分几次导入。")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_EXPANDED:
                raise Unreadable("文件展开后过大。", remedy="请从模板重新填写。")
            for part in parts:
                with archive.open(part) as opened:
                    # Entities can make a small part endless; a workbook never needs a document type.
                    if part.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in opened.read(2048):
                        raise Unreadable("文件含有不允许的文档类型声明。", remedy="请从模板重新填写。")
        return openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False)
    except Unreadable:
        raise
    except Exception as error:
        raise _unreadable() from error


def _unreadable() -> Unreadable:
    return Unreadable("文件不是可以读取的 xlsx 表格。", remedy="请下载模板填写，另存为 .xlsx 后再上传。")


def _rows(sheet: Any, problems: list[Problem]) -> list[Row]:
    def complain(number: int, message: str) -> None:
        problems.append(Problem(sheet=sheet.title, row=number, message=message))

    lines = sheet.iter_rows(max_col=WIDEST)
    headings = [str(_value(cell) or "").strip().rstrip("*") for cell in next(lines, ())]
    known = {column.heading for column in SHEETS[sheet.title]}
    for heading in headings:
        if heading and heading not in known:
            complain(1, f"不认识的列“{heading[:20]}”，请使用模板中的列名。")
    for column in SHEETS[sheet.title]:
        if column.required and column.heading not in headings:
            complain(1, f"缺少“{column.heading}”一列。")
    rows: list[Row] = []
    for number, line in enumerate(lines, start=2):
        if number > MOST_ROWS + 1:
            raise Unreadable(f"工作表“{sheet.title}”超过 {MOST_ROWS} 行。", remedy="请分几次导入。")
        values: dict[str, str] = {}
        sound = True
        for heading, cell in zip(headings, line, strict=False):
            if heading not in known:
                continue
            text, fault = _text(cell)
            if fault:
                sound = False
                complain(number, f"“{heading}”{fault}")
            if text:
                values[heading] = text
        if sound and values:
            missing = [c.heading for c in SHEETS[sheet.title] if c.required and not values.get(c.heading)]
            for heading in missing:
                complain(number, f"“{heading}”没有填写。")
            if not missing:
                rows.append(Row(number=number, values=values))
    return rows


def _value(cell: Any) -> Any:
    return None if isinstance(cell, EmptyCell) else cell.value


def _text(cell: Any) -> tuple[str, str]:
    """The value as text, and what is wrong with it."""
    value = _value(cell)
    if value is None:
        return "", ""
    if cell.data_type == "f":
        return "", "含有公式，请改为文字或数值（复制后“选择性粘贴—数值”）。"
    if cell.data_type == "e":
        return "", "含有错误值，请改正。"
    if isinstance(value, bool):
        return ("是" if value else "否"), ""
    if isinstance(value, datetime | date):
        return f"{value:%Y-%m-%d}", ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    text = str(value).strip()
    return (text, "") if len(text) <= LONGEST_CELL else ("", f"超过 {LONGEST_CELL} 个字。")
