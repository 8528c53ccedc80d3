"""PDF: lines become paragraphs again, ruled tables become tables, page furniture goes."""

from __future__ import annotations

import io
import logging
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect, PDFTextExtractionNotAllowed
from pdfplumber.utils.exceptions import PdfminerException

from xiaoneng.foundation.refusals import Unreadable
from xiaoneng.kernel.documents.reading.building import Builder, tidy
from xiaoneng.kernel.documents.reading.formats.pdf.joining import Joined, join
from xiaoneng.kernel.documents.reading.formats.pdf.pages import Page, content_of, without_furniture
from xiaoneng.kernel.documents.reading.formats.pdf.paragraphs import Margins, margins_of, paragraphs
from xiaoneng.kernel.documents.reading.formats.pdf.typesetting import Line

# Its warnings about odd fonts are nothing that a reader of the text can act on.
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)

OCR = "请先做文字识别（OCR），存为带文字的 pdf 或 docx 后重试。"


def read(data: bytes, builder: Builder) -> None:
    """读取 PDF."""
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            pages = _pages(pdf, builder)
            for name, value in (pdf.metadata or {}).items():
                if name in {"Title", "Author", "CreationDate"} and isinstance(value, str):
                    builder.metadata[name] = tidy(value)[:500]
    except PdfminerException as error:
        cause = error.args[0] if error.args else None
        if isinstance(cause, PDFPasswordIncorrect | PDFTextExtractionNotAllowed):
            raise Unreadable("PDF 设有打开密码。", remedy="请在原来的软件中取消密码，另存后重试。") from error
        raise Unreadable("PDF 已损坏，打不开。", remedy="请重新下载，或用原来的软件重新导出后再试。") from error
    _check_text(pages, builder)
    _write(pages, builder)


def _pages(pdf: Any, builder: Builder) -> list[Page]:
    limits = builder.meter.limits
    pages = []
    for number, page in enumerate(pdf.pages, 1):
        if number > limits.pages:
            raise Unreadable(f"PDF 超过 {limits.pages} 页。", remedy="请拆分文件后重试。")
        pages.append(content_of(page, number, builder))
        page.close()
        builder.meter.check_time()
    if not pages:
        raise Unreadable("PDF 里没有任何页面，或已损坏。", remedy="请重新下载，或用原来的软件重新导出后再试。")
    return pages


def _check_text(pages: list[Page], builder: Builder) -> None:
    characters, unmapped = sum(p.characters for p in pages), sum(p.unmapped for p in pages)
    if characters == 0:
        scans = any(page.pictures for page in pages)
        raise Unreadable("这份 PDF 是扫描图像，没有文字。" if scans else "这份 PDF 里没有文字。", remedy=OCR)
    if unmapped * 4 > characters:
        raise Unreadable("这份 PDF 的文字没有保存编码，取不出来。", remedy=OCR)
    blank = [str(page.number) for page in pages if page.characters == 0 and page.pictures]
    if blank:
        builder.note(f"第 {'、'.join(blank[:50])} 页是扫描图像，没有文字，未能读取。")


def _write(pages: list[Page], builder: Builder) -> None:
    margins = margins_of(pages)
    waiting: list[tuple[Line, Margins]] = []
    for item in join(without_furniture(pages)):
        if isinstance(item, Joined):
            paragraphs(waiting, builder)
            waiting.clear()
            builder.table(item.spans())
        else:
            waiting.append((item, margins[item.sheet]))
    paragraphs(waiting, builder)
