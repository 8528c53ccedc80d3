"""读 PDF: wrapped lines are one paragraph, ruled cells a table, page furniture gone; scans and locks are told."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Callable, Sequence

import pytest
from reportlab.lib import pdfencrypt
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import SimpleDocTemplate, Table

from xiaoneng.foundation.blocks import Paragraph
from xiaoneng.foundation.refusals import Unreadable
from xiaoneng.kernel.documents.reading import Limits, read_bytes
from xiaoneng.kernel.documents.tests.files import origins, tables, texts

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))

LEFT, SIZE, WIDTH = 80, 16, 28  # a page of 28 characters of size 16, as official documents are set
LONG = "各处室要把思想和行动统一到会议部署上来，结合各自职责，逐条逐项抓好任务落实，确保按时完成。" * 2


def drawn(pages: Sequence[Callable[[Canvas], None]], **options: object) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, **options)
    for draw in pages:
        canvas.setFont(FONT, SIZE)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def paragraph(canvas: Canvas, text: str, top: float) -> float:
    """Sets a paragraph with an indent of two characters; returns where the next line goes."""
    for line in textwrap.wrap("　　" + text, WIDTH):
        canvas.drawString(LEFT, top, line)
        top -= 28
    return top


def test_wrapped_lines_are_one_paragraph_and_indents_begin_one() -> None:
    def page(canvas: Canvas) -> None:
        top = paragraph(canvas, LONG, 700)
        top = paragraph(canvas, "一、总体要求", top)
        paragraph(canvas, LONG, top)

    assert texts(read_bytes(drawn([page]), "a.pdf")) == [LONG, "一、总体要求", LONG]


def test_a_paragraph_runs_on_over_the_page_and_furniture_goes() -> None:
    lines = textwrap.wrap("　　" + LONG, WIDTH)

    def furniture(canvas: Canvas, number: int) -> None:
        canvas.setFont(FONT, 10)
        canvas.drawString(LEFT, 810, "云溪市人民政府办公室文件")
        canvas.drawCentredString(300, 40, f"— {number} —")
        canvas.setFont(FONT, SIZE)

    def first(canvas: Canvas) -> None:
        furniture(canvas, 1)
        paragraph(canvas, "一、总体要求", 700)
        for n, line in enumerate(lines[:2]):
            canvas.drawString(LEFT, 672 - 28 * n, line)

    def second(canvas: Canvas) -> None:
        furniture(canvas, 2)
        for n, line in enumerate(lines[2:]):
            canvas.drawString(LEFT, 760 - 28 * n, line)
        paragraph(canvas, "二、主要任务", 500)

    assert texts(read_bytes(drawn([first, second]), "a.pdf")) == ["一、总体要求", LONG, "二、主要任务"]


def test_titles_are_centred_and_signatures_right() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawCentredString(LEFT + WIDTH * SIZE / 2, 780, "工作方案")
        paragraph(canvas, LONG, 700)
        canvas.drawRightString(LEFT + (WIDTH - 2) * SIZE, 300, "2026年3月1日")

    document = read_bytes(drawn([page]), "a.pdf")
    assert [(b.text, b.align) for b in document.blocks if isinstance(b, Paragraph)] == [
        ("工作方案", "center"),
        (LONG, ""),
        ("2026年3月1日", "right"),
    ]


def test_bold_printed_twice_spaces_and_rotated_watermarks() -> None:
    def page(canvas: Canvas) -> None:
        for shift in (0, 0.3):
            canvas.drawString(LEFT + shift, 700, "组")
            canvas.drawString(LEFT + 40 + shift, 700, "长：王一")
        canvas.rotate(45)
        canvas.drawString(500, 100, "内部资料")

    assert texts(read_bytes(drawn([page]), "a.pdf")) == ["组 长：王一"]


def ruled(rows: Sequence[Sequence[str]], style: Sequence[tuple[object, ...]] = (), **options: object) -> bytes:
    out = io.BytesIO()
    grid: list[tuple[object, ...]] = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("FONT", (0, 0), (-1, -1), FONT, 10)]
    table = Table([list(row) for row in rows], style=[*grid, *style], colWidths=[40, 160, 160], **options)
    SimpleDocTemplate(out, pagesize=A4).build([table])
    return out.getvalue()


def test_merged_cells_both_ways() -> None:
    data = ruled(
        [["序号", "任务", ""], ["", "内容", "时限"], ["1", "甲", "乙"], ["2", "", "丙"]],
        [("SPAN", (0, 0), (0, 1)), ("SPAN", (1, 0), (2, 0)), ("SPAN", (1, 2), (1, 3))],
    )
    document = read_bytes(data, "a.pdf")
    assert tables(document) == [
        [["序号", "任务", "任务"], ["序号", "内容", "时限"], ["1", "甲", "乙"], ["2", "甲", "丙"]]
    ]
    assert origins(document)[1] == [False, True, True]


@pytest.mark.parametrize("repeat", [0, 1])
def test_a_table_over_several_pages_is_one(repeat: int) -> None:
    rows = [["序号", "任务", "处室"], *([str(n), f"任务{n}", "" if n % 3 else "综合处"] for n in range(1, 121))]
    assert tables(read_bytes(ruled(rows, repeatRows=repeat), "a.pdf")) == [rows]


def test_cells_keep_line_ends_that_no_margin_forced() -> None:
    rows = [["序号", "任务", "处室"], ["1", "一、建立制度\n二、抓好落实", "综合一处\n综合二处"]]
    assert tables(read_bytes(ruled(rows), "a.pdf")) == [rows]


def test_a_frame_with_one_column_is_text() -> None:
    def page(canvas: Canvas) -> None:
        canvas.rect(LEFT - 10, 500, 400, 250)
        canvas.drawString(LEFT, 700, "提示")
        canvas.drawString(LEFT, 600, "内容")

    assert texts(read_bytes(drawn([page]), "a.pdf")) == ["提示", "内容"]


def scan(canvas: Canvas) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, 500, 700)


def test_scans_are_refused_and_told() -> None:
    with pytest.raises(Unreadable, match="扫描图像") as caught:
        read_bytes(drawn([scan, scan]), "a.pdf")
    assert "OCR" in caught.value.remedy
    document = read_bytes(drawn([lambda c: c.drawString(80, 700, "正文"), scan]), "a.pdf")
    assert document.notes == ("第 2 页是扫描图像，没有文字，未能读取。",)


def test_an_empty_pdf_is_refused() -> None:
    with pytest.raises(Unreadable, match="没有文字"):
        read_bytes(drawn([lambda c: None]), "a.pdf")


def test_a_locked_pdf_is_refused() -> None:
    lock = pdfencrypt.StandardEncryption("secret", canPrint=0)
    with pytest.raises(Unreadable, match="密码"):
        read_bytes(drawn([lambda c: c.drawString(80, 700, "正文")], encrypt=lock), "a.pdf")


def test_a_pdf_that_only_forbids_copying_is_read() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 12)
        canvas.drawString(80, 700, "plan")

    lock = pdfencrypt.StandardEncryption("", ownerPassword="owner", canCopy=0)
    assert texts(read_bytes(drawn([page], encrypt=lock), "a.pdf")) == ["plan"]


def test_too_many_pages_are_refused() -> None:
    data = drawn([lambda c: c.drawString(80, 700, "正文")] * 3)
    with pytest.raises(Unreadable, match="超过 2 页"):
        read_bytes(data, "a.pdf", limits=Limits(pages=2))


def test_a_page_that_expands_without_measure_is_refused() -> None:
    data = drawn([lambda c: c._code.extend(["0 0 m 10 10 l S"] * 700_000)], pageCompression=1)
    assert len(data) < 100_000
    with pytest.raises(Unreadable, match="第 1 页的内容过多"):
        read_bytes(data, "a.pdf")


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\n" + b"\x00garbage" * 50])
def test_a_broken_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read_bytes(data, "a.pdf")
