"""页面: what stands on a page, from top to bottom, and what of it is only page furniture."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from pdfminer.ascii85 import ascii85decode
from pdfminer.pdftypes import LITERALS_ASCII85_DECODE, LITERALS_FLATE_DECODE, PDFStream, resolve1

from xiaoneng.foundation.refusals import Unreadable
from xiaoneng.kernel.documents.reading.building import Builder
from xiaoneng.kernel.documents.reading.formats.pdf.tables import Piece, pieces
from xiaoneng.kernel.documents.reading.formats.pdf.typesetting import Line, characters, lines
from xiaoneng.kernel.documents.reading.limits import MEGABYTE

_NUMBER = re.compile(
    r"[-—–－_·•.\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／，,]?\s*共?\s*\d{1,4}\s*页?)?[-—–－_·•.\s]*\Z"
)
_DIGITS = re.compile(r"\d+")
_FURNITURE_ZONE = 0.12  # of the page's height, at the top and at the bottom
_MOST_EDGES = 20_000
_MOST_INSTRUCTIONS = 8 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Page:
    """一页: `items` in reading order; counts of characters, of glyphs without a character, of pictures."""

    number: int
    height: float
    items: tuple[Line | Piece, ...]
    characters: int
    unmapped: int
    pictures: int


def content_of(page: Any, number: int, builder: Builder) -> Page:
    """读一页. Raises `Unreadable` for a page whose instructions expand without measure."""
    _check_instructions(page, number)
    chars = characters(page)
    builder.meter.add_characters(len(chars))
    tables: list[Piece] = []
    if len(page.edges) <= _MOST_EDGES:
        tables = pieces(page, chars, number)
    else:
        builder.note(f"第 {number} 页的线条过多，未按表格读取。")
    free = [char for char in chars if not any(table.holds(char) for table in tables)]
    sheet = (round(page.width), round(page.height))
    items: list[Line | Piece] = [*lines(free, number, sheet), *tables]
    items.sort(key=lambda item: item.top)
    unmapped = sum(char["text"].startswith("(cid:") for char in chars)
    filled = sum(bool(char["text"].strip()) for char in chars)
    return Page(number, float(page.height), tuple(items), filled, unmapped, len(page.images))


def _check_instructions(page: Any, number: int) -> None:
    left = _MOST_INSTRUCTIONS
    for reference in page.page_obj.contents:
        stream = resolve1(reference)
        if isinstance(stream, PDFStream) and stream.rawdata:
            left -= _expanded(stream, left)
        if left < 0:
            raise Unreadable(f"PDF 第 {number} 页的内容过多。", remedy="请重新导出为较简单的 PDF 或 docx 后重试。")


def _expanded(stream: PDFStream, most: int) -> int:
    """Length of a stream once unpacked, as far as `most` + 1; packed in another way, or encrypted: 0."""
    data = stream.rawdata or b""
    try:
        for name, _ in stream.get_filters():
            if name in LITERALS_FLATE_DECODE:
                data = zlib.decompressobj().decompress(data, most + 1)
            elif name in LITERALS_ASCII85_DECODE:
                data = ascii85decode(data)
            else:
                return 0
    except (zlib.error, ValueError):
        return 0
    return len(data)


def without_furniture(pages: list[Page]) -> list[Page]:
    """去掉页眉页脚: page numbers, and lines that stand in the same place of many pages."""
    repeated = Counter(key for page in pages for key in {_key(line, page) for line in _edge_lines(page)})
    often = max(2, round(len(pages) * 0.4))
    return [
        replace(
            page,
            items=tuple(
                item
                for item in page.items
                if not (
                    isinstance(item, Line)
                    and _at_edge(item, page)
                    and (_NUMBER.match(item.text) or repeated[_key(item, page)] >= often)
                )
            ),
        )
        for page in pages
    ]


def _edge_lines(page: Page) -> Iterable[Line]:
    return (item for item in page.items if isinstance(item, Line) and _at_edge(item, page))


def _at_edge(line: Line, page: Page) -> bool:
    zone = page.height * _FURNITURE_ZONE
    return line.bottom < zone or line.top > page.height - zone


def _key(line: Line, page: Page) -> tuple[str, int]:
    from_edge = line.top if line.top < page.height / 2 else line.top - page.height
    return _DIGITS.sub("#", line.text), round(from_edge / 4)
