"""传递: a document, or the refusal to read it, as JSON between the process that reads and the one that asked."""

from __future__ import annotations

import json
from typing import Any

from xiaoneng.foundation.blocks import Block, Cell, Document, Paragraph, Table
from xiaoneng.foundation.refusals import Unreadable


def dump(document: Document) -> str:
    """文档的 JSON."""
    return json.dumps(
        {
            "blocks": [_block(block) for block in document.blocks],
            "format": document.source_format,
            "metadata": document.metadata,
            "notes": document.notes,
        },
        separators=(",", ":"),
    )


def dump_refusal(refusal: Unreadable) -> str:
    """拒绝的 JSON."""
    return json.dumps({"refused": [refusal.reason, refusal.basis, refusal.remedy]})


def load(text: str) -> Document:
    """The document that `dump` wrote; raises the `Unreadable` that `dump_refusal` wrote."""
    data = json.loads(text)
    if "refused" in data:
        reason, basis, remedy = data["refused"]
        raise Unreadable(reason, basis=basis, remedy=remedy)
    blocks = tuple(_load_block(block) for block in data["blocks"])
    return Document(blocks, data["format"], data["metadata"], tuple(data["notes"]))


def _block(block: Block) -> list[Any]:
    if isinstance(block, Paragraph):
        return [block.text, block.line, block.level, block.align]
    # A merged cell's text is sent once; where it is repeated the cell is a number: its place in `texts`.
    texts: dict[str, int] = {}
    rows = [[texts.setdefault(c.text, len(texts)) * 2 + c.origin for c in row] for row in block.rows]
    return [list(texts), rows, block.line, block.lines, block.caption]


def _load_block(data: list[Any]) -> Block:
    if isinstance(data[0], str):
        return Paragraph(*data)
    texts, rows, line, lines, caption = data
    cells = tuple(tuple(Cell(texts[code >> 1], bool(code & 1)) for code in row) for row in rows)
    return Table(cells, line, tuple(lines), caption)
