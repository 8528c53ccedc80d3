"""文块: what every document becomes before it is read: one flat list of blocks.

A reader of documents (`kernel.documents.reading`) makes blocks; a reader of plans
(`programme.reading`) takes them. Neither knows the other.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Paragraph:
    """段落: one paragraph of text.

    `line` counts from 1: the lines of a txt file; elsewhere the lines of the document as plain text
    (a paragraph is one, a row of a table is one).

    `level` is 0 for running text and 1–9 for what the *file format* declares a heading
    (a docx heading style, an HTML h1–h6); numbering such as 一、 is for the plan's reader.
    `align` is "" where the format does not say.
    """

    text: str
    line: int
    level: int = 0
    align: Literal["", "left", "center", "right"] = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """单元格: the text of one grid position.

    Paragraphs inside a cell are lines of its text. A merged cell appears at every grid position that it covers
    with the same text; `origin` is False at all of them but the top-left one.
    """

    text: str
    origin: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """表格: a rectangular grid; every row has as many cells as the widest one.

    `lines[i]` is the line (from 1) of row i. A table that a page break cut in two
    (same columns, repeated or absent heading row) is one table.
    """

    rows: tuple[tuple[Cell, ...], ...]
    line: int
    lines: tuple[int, ...] = ()
    caption: str = ""


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Document:
    """文档: the blocks of one file in reading order, with what the file says of itself.

    `source_format` is docx, pdf, html, mhtml, txt, md, xlsx, xls, csv, doc, wps, rtf, odt, et or ods; `metadata`
    holds the names and contents of descriptive metadata (HTML meta elements, docx core properties).
    `notes` are Chinese sentences about what was left out ("第 3 页是扫描图像，没有文字").
    """

    blocks: tuple[Block, ...]
    source_format: str
    metadata: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """全文: paragraphs and, tab-separated, table rows, one per line (merged cells once)."""
        out: list[str] = []
        for block in self.blocks:
            if isinstance(block, Paragraph):
                out.append(block.text)
            else:
                out.extend("\t".join(c.text.replace("\n", " ") if c.origin else "" for c in row) for row in block.rows)
        return "\n".join(out)
