"""正文: paragraphs, tables and text boxes of a Word document in reading order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from xiaoneng.kernel.documents.reading.building import Align, Builder, tidy_lines
from xiaoneng.kernel.documents.reading.formats.docx.names import attribute, child, integer, local, on, words
from xiaoneng.kernel.documents.reading.formats.docx.numbering import Numbering
from xiaoneng.kernel.documents.reading.formats.docx.styles import Styles
from xiaoneng.kernel.documents.reading.grid import MOST_COLUMNS, Span
from xiaoneng.kernel.documents.reading.package import Package

# Elements that only wrap others; deleted and moved-away text is not among them.
_WRAPPERS = frozenset({"ins", "moveTo", "hyperlink", "smartTag", "customXml", "sdtContent", "fldSimple", "dir", "bdo"})
_LONG_CELL = 1_500
Emit = Callable[[str, int, Align], None]


class Body:
    """正文读取器."""

    def __init__(
        self,
        builder: Builder,
        styles: Styles,
        numbering: Numbering,
        package: Package,
        relations: dict[str, tuple[str, str]],
    ) -> None:
        self._builder, self._styles, self._numbering = builder, styles, numbering
        self._package, self._relations = package, relations
        self._carried = ""  # text of a paragraph whose end mark was deleted: it runs on into the next

    def read(self, body: Any) -> None:
        """读取全文."""
        self._blocks(body, self._emit_paragraph, 0)
        if self._carried:
            self._emit_paragraph("", 0, "")

    def _emit_paragraph(self, text: str, level: int, align: Align) -> None:
        self._builder.paragraph(text, level=level, align=align)

    def _blocks(self, parent: Any, emit: Emit, depth: int) -> None:
        self._builder.meter.check_depth(depth)
        for element in parent:
            name = words(element)
            if name == "p":
                self._paragraph(element, emit, depth)
            elif name == "tbl":
                if emit == self._emit_paragraph:
                    self._table(element, depth)
                else:
                    self._table_as_lines(element, emit, depth)
            elif name == "sdt":
                if not _is_contents(element):
                    self._blocks(_content(element), emit, depth + 1)
            elif name in _WRAPPERS:
                self._blocks(element, emit, depth + 1)
            elif name == "altChunk":
                self._alternative(element)
            elif local(element) == "AlternateContent":
                self._blocks(_chosen(element), emit, depth + 1)

    def _paragraph(self, element: Any, emit: Emit, depth: int) -> None:
        properties = child(element, "pPr")
        style = self._styles.of(properties)
        boxes: list[Any] = []
        text = "".join(self._text(element, boxes, depth))
        if style.contents:
            text = ""
        text, self._carried = self._carried + text, ""
        shown = "" if style.contents else self._numbering.next(style.number, style.number_level)
        # An empty numbered paragraph shows its number: that is how many tables fill their column 序号.
        if text.strip() or emit != self._emit_paragraph:
            text = shown + text
        if child(properties, "rPr", "del") is not None:
            self._carried = text
        elif text.strip():
            emit(text, style.level, style.align)
        for box in boxes:
            self._blocks(box, emit, depth + 1)

    def _text(self, element: Any, boxes: list[Any], depth: int) -> Iterator[str]:
        """Visible text of runs; text boxes anchored here are put into `boxes`."""
        self._builder.meter.check_depth(depth)
        for part in element:
            name = words(part)
            if name == "r":
                if not on(child(part, "rPr", "vanish")):
                    yield from self._text(part, boxes, depth + 1)
            elif name == "t":
                yield part.text or ""
            elif name in {"tab", "ptab"}:
                yield " "
            elif name == "br":
                yield "" if attribute(part, "type") in {"page", "column"} else "\n"
            elif name == "cr":
                yield "\n"
            elif name == "noBreakHyphen":
                yield "-"
            elif name == "sdt":
                yield from self._text(_content(part), boxes, depth + 1)
            elif name == "ruby":
                base = child(part, "rubyBase")
                yield from self._text(base if base is not None else (), boxes, depth + 1)
            elif name == "txbxContent":
                boxes.append(part)
            elif name in _WRAPPERS:
                yield from self._text(part, boxes, depth + 1)
            elif local(part) == "AlternateContent":
                yield from self._text(_chosen(part), boxes, depth + 1)
            elif not name:
                # Drawings hold text boxes deep inside; formulas hold plain text.
                if local(part) == "t" and "/math" in part.tag:
                    yield part.text or ""
                else:
                    yield from self._text(part, boxes, depth + 1)
            elif name in {"drawing", "pict", "object"}:
                yield from self._text(part, boxes, depth + 1)

    def _table(self, table: Any, depth: int) -> None:
        rows = list(_rows(table))
        cells = [cell for row in rows for cell in _cells(row)]
        if all(sum(1 for _ in _cells(row)) == 1 for row in rows) or any(_holds_page(cell) for cell in cells):
            # A frame around text, not a table of data.
            for cell in cells:
                self._blocks(cell, self._emit_paragraph, depth + 1)
            return
        self._builder.table(self._spans(rows, depth))

    def _spans(self, rows: list[Any], depth: int) -> list[Span]:
        meter = self._builder.meter
        spans: list[Span] = []
        above: dict[int, int] = {}  # column -> place in `spans` of the cell that a vertical merge continues
        for r, row in enumerate(rows):
            column = min(max(integer(child(row, "trPr", "gridBefore")), 0), MOST_COLUMNS)
            joined: dict[int, int] = {}
            for cell in _cells(row):
                properties = child(cell, "tcPr")
                width = min(max(integer(child(properties, "gridSpan"), default=1), 1), MOST_COLUMNS)
                merge = child(properties, "vMerge")
                sideways = child(properties, "hMerge")
                if sideways is not None and attribute(sideways) != "restart" and column - 1 in joined:
                    place = joined[column - 1]
                    held = spans[place]
                    spans[place] = Span(held.row, held.column, held.height, held.width + width, held.text)
                elif merge is not None and attribute(merge) != "restart" and column in above:
                    place = above[column]
                    held = spans[place]
                    spans[place] = Span(held.row, held.column, r - held.row + 1, held.width, held.text)
                else:
                    meter.add_cells(width)
                    place = len(spans)
                    spans.append(Span(r, column, 1, width, self._cell(cell, depth)))
                for covered in range(column, column + width):
                    joined[covered] = place
                column += width
            above = joined
        return spans

    def _cell(self, cell: Any, depth: int) -> str:
        lines: list[str] = []
        self._blocks(cell, lambda text, _level, _align: lines.append(text), depth + 1)
        return "\n".join(lines)

    def _table_as_lines(self, table: Any, emit: Emit, depth: int) -> None:
        """A table inside a cell: one line of text for each row."""
        for row in _rows(table):
            texts = (" ".join(tidy_lines(self._cell(cell, depth + 1))) for cell in _cells(row))
            emit(" ".join(text for text in texts if text), 0, "")

    def _alternative(self, element: Any) -> None:
        """Some programs put the whole text into the file as a web page."""
        kind, target = self._relations.get(attribute(element, "id"), ("", ""))
        data = self._package.content(target) if kind == "aFChunk" else b""
        if data:
            from xiaoneng.kernel.documents.reading.formats import html, mhtml

            reader = mhtml if data[:200].lower().lstrip().startswith(b"mime-version") else html
            reader.read(data, self._builder)


def _rows(table: Any) -> Iterator[Any]:
    for element in table:
        name = words(element)
        if name == "tr":
            if child(element, "trPr", "del") is None:
                yield element
        elif name == "sdt":
            yield from _rows(_content(element))
        elif name in _WRAPPERS:
            yield from _rows(element)


def _cells(row: Any) -> Iterator[Any]:
    for element in row:
        name = words(element)
        if name == "tc":
            yield element
        elif name == "sdt":
            yield from _cells(_content(element))
        elif name in _WRAPPERS:
            yield from _cells(element)


def _content(element: Any) -> Any:
    found = child(element, "sdtContent")
    return found if found is not None else ()


def _chosen(element: Any) -> Any:
    """Of alternatives that say the same, the one a present-day program shows."""
    for name in ("Choice", "Fallback"):
        for part in element:
            if local(part) == name:
                return part
    return ()


def _is_contents(element: Any) -> bool:
    return "Table of Contents" in attribute(child(element, "sdtPr", "docPartObj", "docPartGallery"))


def _holds_page(cell: Any) -> bool:
    paragraphs = [element for element in cell if words(element) == "p"]
    return len(paragraphs) >= 8 and sum(len("".join(p.itertext())) for p in paragraphs) > _LONG_CELL
