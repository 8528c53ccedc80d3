"""CSV: any encoding, any of the usual delimiters."""

from __future__ import annotations

import csv
import io

from xiaoneng.kernel.documents.reading.building import Builder
from xiaoneng.kernel.documents.reading.decoding import decode
from xiaoneng.kernel.documents.reading.grid import Span

_DELIMITERS = ",\t;|，"


def read(data: bytes, builder: Builder) -> None:
    """读取表格."""
    text, note = decode(data)
    if note:
        builder.note(note)
    builder.meter.add_characters(len(text))
    csv.field_size_limit(builder.meter.limits.characters)
    spans: list[Span] = []
    for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))):
        builder.meter.add_cells(len(row))
        spans.extend(Span(number, column, 1, 1, value) for column, value in enumerate(row))
    builder.table(spans, loose=True)


def _delimiter(text: str) -> str:
    """The mark that cuts most of the first lines into the same number of pieces, more than one."""
    sample = text[:20_000]
    best, most = ",", 0
    for mark in _DELIMITERS:
        widths = [len(row) for row in csv.reader(io.StringIO(sample, newline=""), delimiter=mark) if row][:50]
        usual = max(set(widths), key=widths.count, default=1)
        agreeing = widths.count(usual) if usual > 1 else 0
        if agreeing > most:
            best, most = mark, agreeing
    return best
