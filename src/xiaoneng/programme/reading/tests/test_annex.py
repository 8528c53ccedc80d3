"""The 25 rows of the 2016 annex: exact in the published text and in docx, html, xlsx and pdf made from it."""

from __future__ import annotations

import html
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from xiaoneng.kernel.documents.reading import read_file
from xiaoneng.programme.reading import Plan, read_plan

from .shared import PLANS, needs_plans

pytestmark = needs_plans
SOURCE = PLANS / "docs" / "xiaoneng-2016.txt"
HEADING_LINE, FIRST_ROW_LINE = 87, 94

# Which cells stand in the text for each row, read by hand: a 项目, m 工作举措, t 具体任务, s 工作举措 (second),
# g 目标要求, u 责任处室. A missing a or m was merged with the row above.
CELLS = [
    "amtsgu",
    "tsgu",
    "tsgu",
    "amtsgu",
    "tsgu",
    "mtsu",
    "tsu",
    "amtsgu",
    "tsu",
    "mtsu",
    "tsu",
    "tsu",
    "tsu",
    "amtsu",
    "tsgu",
    "tsu",
    "amtsgu",
    "tsgu",
    "mtsgu",
    "mtsgu",
    "amtsgu",
    "mtsgu",
    "mtsgu",
    "mtsgu",
    "tsgu",
]


class Row(NamedTuple):
    number: int
    action: str
    measure: str
    task: str
    steps: str
    target: str
    units: str

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.units.removesuffix("等相关处室").split("、"))


@cache
def rows() -> tuple[Row, ...]:
    lines = SOURCE.read_text("utf-8").splitlines()
    at = FIRST_ROW_LINE - 1
    carried = {"a": "", "m": ""}
    found = []
    for number, letters in enumerate(CELLS, 1):
        assert lines[at] == str(number)
        cells = dict(zip(letters, lines[at + 1 : at + 1 + len(letters)], strict=True))
        carried |= {k: v for k, v in cells.items() if k in carried}
        found.append(Row(number, *(({**carried, **cells}).get(k, "") for k in "amtsgu")))
        at += 1 + len(letters)
    return tuple(found)


def heading() -> list[str]:
    return SOURCE.read_text("utf-8").splitlines()[HEADING_LINE - 1 : FIRST_ROW_LINE - 1]


def grid() -> list[list[str]]:
    return [heading()] + [[str(r.number), r.action, r.measure, r.task, r.steps, r.target, r.units] for r in rows()]


def merges() -> list[tuple[int, int, int]]:
    """(column, first row, last row) of the runs of equal 项目 and 工作举措 cells."""
    table = grid()
    found = []
    for column in (1, 2):
        start = 1
        for r in range(2, len(table) + 1):
            if r == len(table) or table[r][column] != table[start][column]:
                if r - 1 > start:
                    found.append((column, start, r - 1))
                start = r
    return found


def front() -> list[str]:
    return SOURCE.read_text("utf-8").splitlines()[: HEADING_LINE - 1]


def check(plan: Plan) -> None:
    assert len(plan.tasks) == 25
    for task, row in zip(plan.tasks, rows(), strict=True):
        measure_number, _, measure = row.measure.partition(".")
        assert task.number == row.number
        assert task.action == row.action.partition(")")[2]
        assert (task.measure_number, task.measure) == (int(measure_number), measure.strip())
        assert task.path == (row.action, row.measure)
        assert (task.task, task.steps, task.target) == (row.task, row.steps, row.target)
        assert task.units == row.names
        assert task.others == (row.units.startswith("各") or row.units.endswith("等相关处室"))


def test_every_row_of_the_published_text_is_exact() -> None:
    plan = read_plan(read_file(SOURCE))
    check(plan)
    assert [t.line for t in plan.tasks[:2]] == [FIRST_ROW_LINE, FIRST_ROW_LINE + 7]


def test_the_body_gives_four_actions_and_twelve_measures() -> None:
    plan = read_plan(read_file(SOURCE))
    assert [m.number for m in plan.measures] == list(range(1, 13))
    assert len({m.action for m in plan.measures}) == 4
    assert [len(m.items) for m in plan.measures] == [3, 2, 2, 2, 3, 2, 3, 4, 1, 2, 1, 2]
    assert all(i.units for m in plan.measures for i in m.items)


def test_header_group_and_slogans() -> None:
    plan = read_plan(read_file(SOURCE))
    assert plan.issued_on == "2016-03-28"
    assert plan.issuer == "镇江市人民政府办公室"
    assert plan.title.startswith(plan.issuer)
    assert plan.title.endswith("的通知")
    assert plan.document_number == ""
    assert plan.recipients == ("各处室",)
    assert [m.role for m in plan.group] == ["组长", "副组长", "成员", "成员", "成员", "成员"]
    assert all(m.post.startswith("市政府") and " " not in m.name for m in plan.group)
    assert len(plan.slogans) == 10


def as_docx(path: Path) -> None:
    docx: Any = pytest.importorskip("docx")
    made = docx.Document()
    for line in front():
        made.add_paragraph(line)
    cells = grid()
    table = made.add_table(len(cells), len(cells[0]))
    for r, row in enumerate(cells):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    for column, first, last in merges():
        text = cells[first][column]
        merged = table.cell(first, column).merge(table.cell(last, column))
        merged.text = text
    made.save(str(path))


def as_html(path: Path) -> None:
    cells = grid()
    starts = {(first, column): last - first + 1 for column, first, last in merges()}
    covered = {(r, column) for column, first, last in merges() for r in range(first + 1, last + 1)}
    out = [f"<p>{html.escape(line)}</p>" for line in front()] + ["<table>"]
    for r, row in enumerate(cells):
        tds = [
            f'<td rowspan="{starts.get((r, c), 1)}">{html.escape(text)}</td>'
            for c, text in enumerate(row)
            if (r, c) not in covered
        ]
        out.append(f"<tr>{''.join(tds)}</tr>")
    path.write_text("<html><meta charset=utf-8><body>" + "".join(out) + "</table></body></html>", "utf-8")


def as_xlsx(path: Path) -> None:
    openpyxl: Any = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    sheet = book.active
    for row in grid():
        sheet.append([int(v) if v.isdigit() else v for v in row])
    for column, first, last in merges():
        sheet.merge_cells(start_row=first + 1, end_row=last + 1, start_column=column + 1, end_column=column + 1)
    book.save(path)


def as_pdf(path: Path) -> None:
    pytest.importorskip("reportlab")
    from reportlab.lib.pagesizes import A3, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle("text", fontName="STSong-Light", fontSize=10, leading=13, wordWrap="CJK")
    spans = [("SPAN", (column, first), (column, last)) for column, first, last in merges()]
    covered = {(r, column) for column, first, last in merges() for r in range(first + 1, last + 1)}
    cells = [
        ["" if (r, c) in covered else Paragraph(html.escape(text), style) for c, text in enumerate(row)]
        for r, row in enumerate(grid())
    ]
    lined = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP"), *spans])
    table = Table(cells, colWidths=[40, 110, 140, 220, 300, 180, 120], repeatRows=1, style=lined)
    paragraphs = [Paragraph(html.escape(line), style) for line in front()]
    SimpleDocTemplate(str(path), pagesize=landscape(A3)).build([*paragraphs, table])


@pytest.mark.parametrize("make", [as_docx, as_html, as_xlsx, as_pdf], ids=lambda f: f.__name__.removeprefix("as_"))
def test_every_row_is_exact_in_other_formats(make: Any, tmp_path: Path) -> None:
    path = tmp_path / f"plan.{make.__name__.removeprefix('as_')}"
    make(path)
    check(read_plan(read_file(path)))
