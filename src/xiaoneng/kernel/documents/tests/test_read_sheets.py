"""读电子表格: values as they are shown; merged cells; hidden sheets and unsolved formulas are told."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from typing import Any

import pytest
import xlwt
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from xiaoneng.foundation.refusals import Unreadable
from xiaoneng.kernel.documents.reading import read_bytes
from xiaoneng.kernel.documents.tests.files import origins, row, tables, texts, xlsx, zipped


def book(fill: Any) -> bytes:
    workbook = Workbook()
    assert isinstance(workbook.active, Worksheet)
    fill(workbook.active)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def test_values_as_they_are_shown() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["项目", "值"])
        for value, form in (
            (3, "General"),
            (0.99, "0%"),
            (0.125, "0.0%"),
            (0.1 + 0.2, "General"),
            (12345678901234, "0"),
            (date(2026, 6, 30), "yyyy-mm-dd"),
            (datetime(2026, 6, 30, 9, 5), "yyyy/m/d h:mm"),  # noqa: DTZ001
            (time(14, 30), "h:mm"),
            (5, '0"个工作日"'),
            (True, "General"),
            ("文字", "@"),
        ):
            sheet.append(["甲", value])
            sheet.cell(sheet.max_row, 2).number_format = form

    assert [r[1] for r in tables(read_bytes(book(fill), "a.xlsx"))[0][1:]] == [
        "3",
        "99%",
        "12.5%",
        "0.3",
        "12345678901234",
        "2026年6月30日",
        "2026年6月30日9:05",
        "14:30",
        "5",
        "TRUE",
        "文字",
    ]


def test_merged_cells_title_and_note() -> None:
    def fill(sheet: Worksheet) -> None:
        for values in (["分解表"], ["序号", "任务", "处室"], [1, "甲", "综合处"], [2, "乙"], ["注：略"]):
            sheet.append(values)
        for merged in ("A1:C1", "C3:C4", "A5:C5"):
            sheet.merge_cells(merged)

    document = read_bytes(book(fill), "a.xlsx")
    assert texts(document) == ["分解表", "注：略"]
    assert tables(document) == [[["序号", "任务", "处室"], ["1", "甲", "综合处"], ["2", "乙", "综合处"]]]
    assert origins(document)[2] == [True, True, False]


def test_a_table_that_begins_in_the_middle_of_the_sheet() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["C5"], sheet["D5"], sheet["C7"], sheet["D7"] = "序号", "任务", 1, "甲"

    assert tables(read_bytes(book(fill), "a.xlsx")) == [[["序号", "任务"], ["1", "甲"]]]


def test_hidden_sheets_are_told_and_several_sheets_have_headings() -> None:
    sheets = (
        '<sheet name="甲表" sheetId="1" r:id="r1"/><sheet name="乙表" sheetId="2" r:id="r1"/>'
        '<sheet name="底稿" sheetId="3" state="hidden" r:id="r1"/>'
    )
    document = read_bytes(xlsx(row(1, "序号", "任务") + row(2, "1", "甲"), sheets=sheets), "a.xlsx")
    assert texts(document) == ["甲表", "乙表"]
    assert len(tables(document)) == 2
    assert document.notes == ("工作表“底稿”是隐藏的，没有读取。",)


def test_a_formula_shows_its_saved_result_or_is_told() -> None:
    data = row(1, "序号", "数") + '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c><c r="B2"><f>SUM(A1:A9)</f></c></row>'
    document = read_bytes(xlsx(data + row(3, "甲", "乙")), "a.xlsx")
    assert tables(document)[0][1] == ["2", ""]
    assert "1 个公式没有保存计算结果" in document.notes[0]


def test_phonetic_guides_escapes_and_sparse_rows() -> None:
    strings = (
        "<si><t>任务</t><rPh sb='0' eb='1'><t>renwu</t></rPh></si><si><r><t>甲_x000A_</t></r><r><t>乙</t></r></si>"
    )
    data = (
        '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c>'
        '<c r="XFD1048576" t="s"><v>99</v></c><c r="B1048576" t="e"><v>#REF!</v></c></row>'
    )
    assert tables(read_bytes(xlsx(data, strings=strings), "a.xlsx")) == [[["任务", "甲\n乙"], ["1", "#REF!"]]]


def test_an_old_workbook() -> None:
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("表")
    sheet.write_merge(0, 0, 0, 1, "分解表")
    table: list[list[object]] = [["序号", "任务"], [1, "甲"], [2, None]]
    for r, values in enumerate(table, 1):
        for c, value in enumerate(values):
            if value is not None:
                sheet.write(r, c, value)
    sheet.write_merge(4, 5, 0, 0, 3)
    sheet.write(4, 1, "丙")
    sheet.write(5, 1, "丁")
    out = io.BytesIO()
    workbook.save(out)
    document = read_bytes(out.getvalue(), "a.xls")
    assert (document.source_format, texts(document)) == ("xls", ["分解表"])
    assert tables(document) == [[["序号", "任务"], ["1", "甲"], ["2", ""], ["3", "丙"], ["3", "丁"]]]
    assert read_bytes(out.getvalue(), "a.et").source_format == "xls"


def test_an_old_workbook_that_begins_in_the_middle() -> None:
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("表")
    for r, c, value in ((3, 2, "序号"), (3, 3, "任务"), (4, 2, 1), (4, 3, "甲"), (5, 3, "乙")):
        sheet.write(r, c, value)
    sheet.merge(4, 5, 2, 2)
    out = io.BytesIO()
    workbook.save(out)
    assert tables(read_bytes(out.getvalue(), "a.xls")) == [[["序号", "任务"], ["1", "甲"], ["1", "乙"]]]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (zipped({"xl/workbook.bin": b"x"}), "xlsb"),
        (xlsx(""), "没有文字"),
        (xlsx("<row><c>"), "已损坏"),
        (xlsx(row(1, "甲", "乙"))[:200], "不完整"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "不是能读取的格式"),
    ],
)
def test_what_is_no_workbook_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        read_bytes(data, "a.xlsx")


def test_overlapping_merges_are_bounded() -> None:
    merges = "".join(f'<mergeCell ref="A{n}:CV400"/>' for n in range(1, 400))
    data = "".join(row(n, *("x" * 26)) for n in range(1, 400))
    with pytest.raises(Unreadable, match="单元格超过"):
        read_bytes(xlsx(data, after=f"<mergeCells>{merges}</mergeCells>"), "a.xlsx")
