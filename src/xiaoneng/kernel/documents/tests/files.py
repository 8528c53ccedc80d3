"""测试用文件: small files of every format, made in memory."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from xiaoneng.foundation.blocks import Document, Paragraph, Table
from xiaoneng.foundation.refusals import Unreadable
from xiaoneng.kernel.documents.reading import DEFAULT, Limits, read_bytes

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
MC = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """A Word file with this XML as its body; `numbering` and `styles` are XML inside their roots."""
    content: dict[str, str | bytes] = {
        "word/document.xml": f"<w:document {W} {MC} {R}><w:body>{body}</w:body></w:document>",
    }
    for name, inner in parts.items():
        content[f"word/{name}.xml"] = f"<w:{name} {W}>{inner}</w:{name}>"
    return zipped(content)


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def tbl(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def xlsx(sheet_data: str, *, after: str = "", styles: str = "", strings: str = "", sheets: str = "") -> bytes:
    """A workbook; `sheets` replaces the one sheet of the workbook by others (all show the same data)."""
    sheets = sheets or '<sheet name="表一" sheetId="1" r:id="r1"/>'
    relation = '<Relationship Id="{}" Type="{}/{}" Target="{}"/>'
    relations = relation.format("r1", _TYPE, "worksheet", "worksheets/sheet1.xml")
    return zipped(
        {
            "xl/workbook.xml": f"<workbook {S} {R}><sheets>{sheets}</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
            f'relationships">{relations}</Relationships>',
            "xl/worksheets/sheet1.xml": f"<worksheet {S}><sheetData>{sheet_data}</sheetData>{after}</worksheet>",
            "xl/styles.xml": f"<styleSheet {S}>{styles}</styleSheet>",
            "xl/sharedStrings.xml": f"<sst {S}>{strings}</sst>",
        }
    )


def row(number: int, *values: str) -> str:
    cells = "".join(
        f'<c r="{chr(65 + i)}{number}" t="inlineStr"><is><t>{value}</t></is></c>' for i, value in enumerate(values)
    )
    return f'<row r="{number}">{cells}</row>'


def texts(document: Document) -> list[str]:
    """The paragraphs."""
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def tables(document: Document) -> list[list[list[str]]]:
    """The tables, merged cells at every position."""
    return [
        [[cell.text for cell in row] for row in block.rows] for block in document.blocks if isinstance(block, Table)
    ]


def origins(document: Document) -> list[list[bool]]:
    """Of the first table: which positions are the top left of their cell."""
    table = next(block for block in document.blocks if isinstance(block, Table))
    return [[cell.origin for cell in row] for row in table.rows]


def outcome(data: bytes, filename: str, limits: Limits = DEFAULT) -> Document | Unreadable:
    """The document, or the refusal; anything else that happens is an error of the reader."""
    try:
        return read_bytes(data, filename, limits=limits)
    except Unreadable as refusal:
        return refusal


def html(body: str, filename: str = "a.html") -> Document:
    return read_bytes(f"<!DOCTYPE html><html><body>{body}</body></html>".encode(), filename)
