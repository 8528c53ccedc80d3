"""纯文本: lines stay exactly as they are."""

from __future__ import annotations

from xiaoneng.kernel.documents.reading.building import Builder, split_lines
from xiaoneng.kernel.documents.reading.decoding import decode


def read(data: bytes, builder: Builder) -> None:
    """逐行读取."""
    text, note = decode(data)
    if note:
        builder.note(note)
    for number, line in enumerate(split_lines(text), 1):
        builder.line_of_text(line, number)
