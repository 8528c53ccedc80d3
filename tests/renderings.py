"""版式: the same paragraphs and table written as docx, html, pdf and xlsx, for tests of reading.

A table is a list of rows of equal length; None means: merged with the cell above.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

Row = Sequence[str | None]
Renderer = Callable[[Path, Sequence[str], Sequence[Row]], None]


def merged_runs(table: Sequence[Row]) -> Iterator[tuple[int, int, int, str]]:
    """合并区间: (column, first row, last row, text) of every cell, column by column."""
    for column in range(len(table[0])):
        row = 0
        while row < len(table):
            last = row
            while last + 1 < len(table) and table[last + 1][column] is None:
                last += 1
            yield column, row, last, table[row][column] or ""
            row = last + 1


def render_docx(path: Path, paragraphs: Sequence[str], table: Sequence[Row]) -> None:
    """Word, with vertically merged cells."""
    import docx

    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if table:
        grid = document.add_table(rows=len(table), cols=len(table[0]), style="Table Grid")
        cells = [list(row.cells) for row in grid.rows]
        for column, first, last, text in merged_runs(table):
            cell = cells[first][column].merge(cells[last][column]) if last > first else cells[first][column]
            lines = text.split("\n")
            cell.text = lines[0]
            for line in lines[1:]:
                cell.add_paragraph(line)
    document.save(str(path))


def render_html(path: Path, paragraphs: Sequence[str], table: Sequence[Row]) -> None:
    """网页, with rowspan."""
    body = [f"<p>{html.escape(text)}</p>" for text in paragraphs]
    if table:
        starts = {(first, column): (last - first + 1, text) for column, first, last, text in merged_runs(table)}
        body.append("<table border=1>")
        for row in range(len(table)):
            body.append("<tr>")
            for column in range(len(table[0])):
                if (row, column) in starts:
                    height, text = starts[row, column]
                    inner = "<br>".join(html.escape(line) for line in text.split("\n"))
                    body.append(f'<td rowspan="{height}">{inner}</td>' if height > 1 else f"<td>{inner}</td>")
            body.append("</tr>")
        body.append("</table>")
    page = '<!DOCTYPE html><html><head><meta charset="utf-8"><title>t</title></head><body>{}</body></html>'
    path.write_text(page.format("\n".join(body)), encoding="utf-8")


def render_xlsx(path: Path, paragraphs: Sequence[str], table: Sequence[Row]) -> None:
    """工作簿, paragraphs in merged rows above the table."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    width = len(table[0]) if table else 1
    for number, text in enumerate(paragraphs, 1):
        sheet.cell(number, 1, text)
        if width > 1:
            sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=width)
    top = len(paragraphs) + 1
    for column, first, last, text in merged_runs(table) if table else ():
        sheet.cell(top + first, column + 1, int(text) if text.isascii() and text.isdigit() else text)
        if last > first:
            sheet.merge_cells(start_row=top + first, end_row=top + last, start_column=column + 1, end_column=column + 1)
    book.save(path)


def render_pdf(path: Path, paragraphs: Sequence[str], table: Sequence[Row]) -> None:
    """PDF over several pages, with ruled and merged cells, a repeated table head and page numbers."""
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    plain = ParagraphStyle(
        "plain", fontName="STSong-Light", fontSize=12, leading=20, wordWrap="CJK", firstLineIndent=24
    )
    small = ParagraphStyle("small", parent=plain, fontSize=9, leading=12, firstLineIndent=0)
    flow: list[object] = [Paragraph(html.escape(text), plain) for text in paragraphs]
    if table:
        cells: list[list[object]] = [[""] * len(table[0]) for _ in table]
        style: list[tuple[object, ...]] = [
            ("GRID", (0, 0), (-1, -1), 0.5, "black"),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ]
        for column, first, last, text in merged_runs(table):
            cells[first][column] = [Paragraph(html.escape(line), small) for line in text.split("\n")] if text else ""
            if last > first:
                style.append(("SPAN", (column, first), (column, last)))
        total = landscape(A4)[0] - 100
        shares = _shares(table)
        widths = [total * share for share in shares]
        flow.append(Table(cells, colWidths=widths, repeatRows=1, style=style))
    template = SimpleDocTemplate(str(path), pagesize=landscape(A4), leftMargin=50, rightMargin=50)
    template.build(flow, onFirstPage=_number, onLaterPages=_number)


def _shares(table: Sequence[Row]) -> list[float]:
    longest = [max(len(row[column] or "") for row in table) for column in range(len(table[0]))]
    weights = [min(max(length, 6), 40) + 4 for length in longest]
    return [weight / sum(weights) for weight in weights]


def _number(canvas: object, template: object) -> None:
    canvas.saveState()  # type: ignore[attr-defined]
    canvas.setFont("STSong-Light", 10)  # type: ignore[attr-defined]
    canvas.drawCentredString(420, 25, f"— {template.page} —")  # type: ignore[attr-defined]
    canvas.restoreState()  # type: ignore[attr-defined]


RENDERERS: dict[str, Renderer] = {
    "docx": render_docx,
    "html": render_html,
    "pdf": render_pdf,
    "xlsx": render_xlsx,
}
