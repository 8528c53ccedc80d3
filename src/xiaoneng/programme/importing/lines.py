"""原文: a document's blocks as rows for the page on which it is compared with its tasks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from xiaoneng.foundation.blocks import Document, Paragraph, Table

LONGEST_SHOWN = 5000


def lines_of(document: Document) -> list[dict[str, Any]]:
    """原文各行: paragraphs {line, text, level} and tables {line, rows: [{line, cells: [{text, across, down}]}]}."""
    return [_paragraph(b) if isinstance(b, Paragraph) else _table(b) for b in document.blocks[:LONGEST_SHOWN]]


def _paragraph(paragraph: Paragraph) -> dict[str, Any]:
    return {"line": paragraph.line, "text": paragraph.text, "level": paragraph.level}


def _table(table: Table) -> dict[str, Any]:
    rows = []
    for r, row in enumerate(table.rows):
        cells = [
            {"text": cell.text, "across": _across(table, r, c), "down": _down(table, r, c)}
            for c, cell in enumerate(row)
            if cell.origin
        ]
        rows.append({"line": table.lines[r] if r < len(table.lines) else table.line, "cells": cells})
    return {"line": table.line, "caption": table.caption, "rows": rows}


def _across(table: Table, r: int, c: int) -> int:
    row, end = table.rows[r], c + 1
    while end < len(row) and not row[end].origin and row[end].text == row[c].text:
        end += 1
    return end - c


def _down(table: Table, r: int, c: int) -> int:
    width, end = _across(table, r, c), r + 1
    while end < len(table.rows) and all(
        not cell.origin and cell.text == table.rows[r][c].text for cell in table.rows[end][c : c + width]
    ):
        end += 1
    return end - r


def marked(text: str, findings: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """标出疑点: the text cut into pieces {text, finding}; `finding` is None between the findings.

    Where two findings overlap, the earlier one is marked whole; the other still stands in the list beside.
    """
    spans = sorted(
        (start, start + len(finding["excerpt"]), i)
        for i, finding in enumerate(findings)
        if finding["excerpt"] and (start := text.find(finding["excerpt"])) >= 0
    )
    return list(_pieces(text, findings, spans))


def _pieces(
    text: str, findings: Sequence[Mapping[str, Any]], spans: Sequence[tuple[int, int, int]]
) -> Iterator[dict[str, Any]]:
    done = 0
    for start, end, i in spans:
        if start < done:
            continue
        if start > done:
            yield {"text": text[done:start], "finding": None}
        yield {"text": text[start:end], "finding": findings[i]}
        done = end
    if done < len(text) or not text:
        yield {"text": text[done:], "finding": None}
