"""示例方案生成器: writes the plan of plan.toml as docx, pdf, html, txt and xlsx beside it.

python examples/make.py [FOLDER]
"""

from __future__ import annotations

import html
import io
import sys
import tomllib
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

HERE = Path(__file__).parent
SOURCE = HERE / "plan.toml"
Kind = Literal["title", "number", "heading", "subheading", "text", "plain", "right"]
FONT = "STSong-Light"


@dataclass(frozen=True, slots=True)
class Plan:
    """示例: paragraphs with the way they are set, before the table, and the table; None: merged with the cell above."""

    title: str
    paragraphs: tuple[tuple[Kind, str], ...]
    table: tuple[tuple[str | None, ...], ...]


def load(source: Path = SOURCE) -> Plan:
    """读取 plan.toml."""
    data = tomllib.loads(source.read_text("utf-8"))
    return Plan(data["header"]["title"], tuple(_paragraphs(data)), tuple(_table(data)))


def _paragraphs(data: dict[str, Any]) -> Iterator[tuple[Kind, str]]:
    header, annexes = data["header"], data["annexes"]
    yield "title", header["notice_title"]
    yield "number", header["number"]
    yield "plain", header["recipients"]
    yield "text", header["notice"]
    yield "right", header["issuer"]
    yield "right", header["date"]
    yield "title", header["title"]
    yield "text", header["preamble"]
    for section in data["section"]:
        yield from _section(section)
    yield "heading", data["body"]["title"]
    for action in data["action"]:
        yield "subheading", action["title"]
        for measure in action["measure"]:
            yield "text", measure["title"]
            yield from (("text", item) for item in measure["items"])
    for section in data["section_after"]:
        yield from _section(section)
    yield from (("text", line) for line in annexes["announced"])
    yield "plain", "附件1"
    yield "title", annexes["slogans_title"]
    yield from (("text", line) for line in annexes["slogans"])
    yield "plain", "附件2"
    yield "title", annexes["table_title"]


def _section(section: dict[str, Any]) -> Iterator[tuple[Kind, str]]:
    yield "heading", section["title"]
    yield from (("text", text) for text in section["paragraphs"])


def _table(data: dict[str, Any]) -> Iterator[tuple[str | None, ...]]:
    yield tuple(data["annexes"]["columns"])
    action = measure = None
    for number, row in enumerate(data["row"], 1):
        same_action = row["action"] == action
        same_measure = same_action and row["measure"] == measure
        action, measure = row["action"], row["measure"]
        yield str(number), None if same_action else action, None if same_measure else measure, *row["cells"]


def merged(table: Sequence[Sequence[str | None]]) -> Iterator[tuple[int, int, int, str]]:
    """合并区间: (column, first row, last row, text)."""
    for column in range(len(table[0])):
        starts = [row for row in range(len(table)) if table[row][column] is not None]
        for first, after in zip(starts, [*starts[1:], len(table)], strict=True):
            yield column, first, after - 1, table[first][column] or ""


def write_txt(plan: Plan, path: Path) -> None:
    """文本: as portals give it: the table one cell a line, merged and empty cells missing."""
    lines = [text for _, text in plan.paragraphs]
    lines += [cell for row in plan.table for cell in row if cell]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_html(plan: Plan, path: Path) -> None:
    """网页: as an office's portal shows it."""
    tags = {"title": "h2", "heading": "h3"}
    style = {"number": ' style="text-align:center"', "right": ' style="text-align:right"'}
    body = [
        f"<{tags.get(kind, 'p')}{style.get(kind, '')}>{'　　' if kind in {'text', 'subheading'} else ''}"
        f"{html.escape(text)}</{tags.get(kind, 'p')}>"
        for kind, text in plan.paragraphs
    ]
    starts = {(first, column): (last - first + 1, text) for column, first, last, text in merged(plan.table)}
    rows = "\n".join(
        "<tr>"
        + "".join(
            f'<td rowspan="{starts[r, c][0]}">{html.escape(starts[r, c][1])}</td>'
            for c in range(len(plan.table[0]))
            if (r, c) in starts
        )
        + "</tr>"
        for r in range(len(plan.table))
    )
    lines = [
        "<!DOCTYPE html>",
        '<html lang="zh-CN">',
        f'<head><meta charset="utf-8"><title>{html.escape(plan.title)}</title>',
        '<meta name="SiteName" content="云溪市人民政府"></head>',
        "<body>",
        '<nav><a href="/">首页</a> <a href="/zwgk">政务公开</a></nav>',
        '<div id="zoom">',
        *body,
        f'<table border="1">\n{rows}\n</table>',
        "</div>",
        "<footer>云溪市人民政府办公室主办</footer>",
        "</body>",
        "</html>",
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_xlsx(plan: Plan, path: Path) -> None:
    """工作簿: paragraphs in rows as wide as the table."""
    import openpyxl
    from openpyxl.styles import Alignment, Border, Font, Side

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "工作方案"
    width, top = len(plan.table[0]), len(plan.paragraphs) + 1
    for number, (kind, text) in enumerate(plan.paragraphs, 1):
        cell = sheet.cell(number, 1, text)
        cell.alignment = Alignment(wrap_text=True, horizontal="center" if kind in {"title", "number"} else "left")
        cell.font = Font(bold=kind in {"title", "heading"})
        sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=width)
        sheet.row_dimensions[number].height = 18 * (1 + len(text) // 60)
    line = Side(style="thin")
    for column, first, last, text in merged(plan.table):
        cell = sheet.cell(top + first, column + 1, int(text) if text.isdigit() else text)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        for row in range(first, last + 1):
            sheet.cell(top + row, column + 1).border = Border(left=line, right=line, top=line, bottom=line)
        if last > first:
            sheet.merge_cells(start_row=top + first, end_row=top + last, start_column=column + 1, end_column=column + 1)
    for letter, size in zip("ABCDEFGH", (6, 14, 16, 20, 32, 24, 14, 16), strict=True):
        sheet.column_dimensions[letter].width = size
    out = io.BytesIO()
    book.save(out)
    path.write_bytes(_timeless(out.getvalue()))


def write_docx(plan: Plan, path: Path) -> None:
    """Word, set as official documents are: 小标宋, 黑体, 楷体, 仿宋; the annex table with merged cells."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    faces = {"title": ("方正小标宋简体", 22), "heading": ("黑体", 16), "subheading": ("楷体_GB2312", 16)}

    def put(paragraph: Any, text: str, face: str, size: float) -> None:
        run = paragraph.add_run(text)
        run.font.size, run.font.name = Pt(size), face
        run._element.rPr.rFonts.set(qn("w:eastAsia"), face)

    def number(section: Any) -> None:
        section.footer.is_linked_to_previous = False
        paragraph = section.footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        put(paragraph, "— ", "宋体", 14)
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), "PAGE")
        paragraph._p.append(field)
        put(paragraph, " —", "宋体", 14)

    number(section)
    for kind, text in plan.paragraphs:
        if text == "附件2":
            wide = document.add_section()
            wide.orientation = WD_ORIENT.LANDSCAPE
            wide.page_width, wide.page_height = section.page_height, section.page_width
            wide.left_margin = wide.right_margin = Cm(2.3)
            wide.top_margin = wide.bottom_margin = Cm(2.5)
        paragraph = document.add_paragraph()
        face, size = faces.get(kind, ("仿宋_GB2312", 16))
        put(paragraph, text, face, size)
        layout = paragraph.paragraph_format
        layout.space_after, layout.line_spacing = Pt(0), Pt(28)
        if kind in {"title", "number"}:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        elif kind == "right":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        elif kind != "plain":
            layout.first_line_indent = Pt(32)
        layout.page_break_before = text == "附件1"
    table = document.add_table(rows=len(plan.table), cols=len(plan.table[0]), style="Table Grid")
    cells = [list(row.cells) for row in table.rows]
    for column, first, last, text in merged(plan.table):
        cell = cells[first][column].merge(cells[last][column]) if last > first else cells[first][column]
        put(cell.paragraphs[0], text, "仿宋_GB2312", 10.5)
    table.autofit = False
    for column, width in zip(table.columns, (1.3, 2.8, 3.2, 3.4, 5.4, 3.8, 2.5, 2.6), strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)
    for table_row in table.rows:
        table_row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    core = document.core_properties
    core.title, core.author, core.comments = plan.title, "云溪市人民政府办公室", ""
    out = io.BytesIO()
    document.save(out)
    path.write_bytes(_timeless(out.getvalue()))


def write_pdf(plan: Plan, path: Path) -> None:
    """PDF with text that can be taken out, page numbers and a table over several pages."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    text = ParagraphStyle("text", fontName=FONT, fontSize=14, leading=26, wordWrap="CJK", firstLineIndent=28)
    plain = ParagraphStyle("plain", parent=text, firstLineIndent=0)
    styles: dict[Kind, ParagraphStyle] = {
        "title": ParagraphStyle("title", parent=plain, fontSize=20, leading=32, alignment=1, spaceBefore=12),
        "number": ParagraphStyle("number", parent=plain, alignment=1),
        "right": ParagraphStyle("right", parent=plain, alignment=2, rightIndent=28),
        "plain": plain,
    }
    flow: list[Any] = []
    for kind, content in plan.paragraphs:
        if content.startswith("附件") and kind == "plain":
            flow.append(PageBreak())
        flow.append(Paragraph(html.escape(content), styles.get(kind, text)))
    small = ParagraphStyle("small", parent=plain, fontSize=9, leading=12)
    cells: list[list[Any]] = [[""] * len(row) for row in plan.table]
    style: list[Any] = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    for column, first, last, content in merged(plan.table):
        cells[first][column] = Paragraph(html.escape(content), small) if content else ""
        style.append(("SPAN", (column, first), (column, last)))
    flow.append(Table(cells, colWidths=[30, 56, 62, 66, 110, 74, 54, 53], repeatRows=1, style=style))

    def number(canvas: Any, template: Any) -> None:
        canvas.setFont(FONT, 12)
        canvas.drawCentredString(A4[0] / 2, 36, f"— {template.page} —")

    margins = {"leftMargin": 45, "rightMargin": 45, "topMargin": 60, "bottomMargin": 60}
    template = SimpleDocTemplate(str(path), pagesize=A4, title=plan.title, invariant=1, **margins)
    template.build(flow, onFirstPage=number, onLaterPages=number)


def _timeless(package: bytes) -> bytes:
    """The same zip without the time of making, so that the same source gives the same file."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in given.namelist():
            content = given.read(name)
            if name == "docProps/core.xml":
                content = _without_times(content)
            kept.writestr(zipfile.ZipInfo(name, (2026, 3, 2, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _without_times(core: bytes) -> bytes:
    import re

    return re.sub(rb">\d{4}-\d\d-\d\dT[\d:.]+Z?<", b">2026-03-02T00:00:00Z<", core)


WRITERS = {"docx": write_docx, "html": write_html, "pdf": write_pdf, "txt": write_txt, "xlsx": write_xlsx}


def main(folder: Path = HERE) -> None:
    """写出各种格式."""
    plan = load()
    for ending, write in WRITERS.items():
        write(plan, folder / f"example-plan.{ending}")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
