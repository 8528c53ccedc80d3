"""网页: the body text of a government portal page; menus, scripts and hidden parts stay out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, cast

from lxml import etree

from xiaoneng.foundation.refusals import Unreadable
from xiaoneng.kernel.documents.reading.building import Align, Builder, tidy
from xiaoneng.kernel.documents.reading.decoding import declared_encoding, decode
from xiaoneng.kernel.documents.reading.formats.html_lists import ordinal
from xiaoneng.kernel.documents.reading.formats.html_tables import cell_span, is_data, own_rows
from xiaoneng.kernel.documents.reading.grid import flow

Element = Any  # lxml's stubs type HTML nodes too loosely to help


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SILENT = _words(
    "script style head title noscript template svg math iframe object embed applet audio video canvas map select "
    "option datalist button input textarea nav footer aside dialog rp rt frameset meta link"
)
_BLOCK = _words(
    "address article blockquote body center caption dd details div dl dt fieldset figcaption figure form header hr "
    "hgroup html legend li main menu ol p pre section summary table tbody td tfoot th thead tr ul "
    "h1 h2 h3 h4 h5 h6"
)
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_TEXT_ALIGN = re.compile(r"text-align\s*:\s*(left|center|right)", re.I)
# Where portals put the text of a document (gov.cn, TRS, Jpage and the like), best first.
_CONTENT_IDS = (
    "UCAP-CONTENT",
    "zoom",
    "TRS_Editor",
    "TRS_UEDITOR",
    "article-content",
    "pages_content",
    "view",
    "article",
)
_MENU = re.compile(
    r"(?:^|[-_\s])(?:nav|menu|bread-?crumbs?|crumbs?|footer|foot|share|sidebar|pager|pagination|toolbar)", re.I
)
_SOURCE_SPACE = re.compile(r"[ \t\r\n\f]+")
_CJK_BREAK = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]*[\r\n]\s*(?=[\u3000-\u9fff\uff00-\uffef])")


def read(data: bytes, builder: Builder) -> None:
    """读取网页."""
    text, note = decode(data, declared=declared_encoding(data))
    if note:
        builder.note(note)
    read_text(text, builder)


def read_text(text: str, builder: Builder) -> None:
    """读取已解码的网页."""
    root = parse(text)
    if root is None:
        return
    _metadata(root, builder)
    body = _content(root)
    _Walker(builder).walk(body)


def parse(text: str) -> Element | None:
    """解析: never fetches, never expands a declared entity; None when there is no element at all."""
    parser = etree.HTMLParser(recover=True, no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = etree.fromstring(text.encode("utf-8", "ignore"), parser)
    except etree.XMLSyntaxError:
        return None
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise Unreadable("网页的嵌套层数过多，可能是恶意构造的。", remedy="请在浏览器中打开，复制正文另存后重试。")
    return root


def _metadata(root: Element, builder: Builder) -> None:
    for title in root.iter("title"):
        if value := tidy("".join(title.itertext())):
            builder.metadata.setdefault("title", value[:500])
    for meta in root.iter("meta"):
        name, content = meta.get("name") or meta.get("property"), meta.get("content")
        if name and content and len(builder.metadata) < 100:
            builder.metadata.setdefault(tidy(name)[:100], tidy(content)[:2000])


def _content(root: Element) -> Element:
    """The element that holds the document's text: a known container or <article>, <main>; else all but menus."""
    total, named = _measure(root)
    best: dict[str, Element] = {}
    for element, names, length in named:
        # A container that holds next to nothing is a template's leftover, not the text.
        if length * 5 >= total:
            for name in names:
                best.setdefault(name, element)
    for name in (*_CONTENT_IDS, "<article>", "<main>"):
        if name in best:
            return best[name]
    menus = [
        (element, length)
        for element, names, length in named
        if length * 4 < total and any(_MENU.search(name) for name in names)
    ]
    # A page that is mostly called menu is not what it is called.
    if sum(length for _, length in menus) * 2 < total:
        for element, _ in menus:
            element.set("hidden", "")
    return root


def _measure(root: Element) -> tuple[int, list[tuple[Element, list[str], int]]]:
    """Characters of text in all, and of each element with an id or a class its names and its characters."""
    named: list[tuple[Element, list[str], int]] = []
    starts: list[int] = []
    total = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        told = element.tag not in {"script", "style", "title"}
        if event == "start":
            starts.append(total)
            total += len((element.text or "").strip()) if told else 0
            continue
        length = total - starts.pop()
        names = [*(element.get("class") or "").split(), *filter(None, [element.get("id")])]
        if element.tag in {"article", "main"}:
            names.append(f"<{element.tag}>")
        if names:
            named.append((element, names, length))
        total += len((element.tail or "").strip())
    return total, named


def silent(element: Element) -> bool:
    """不显示: what a browser would not show as text of the page."""
    return (
        not isinstance(element.tag, str)
        or element.tag in _SILENT
        or element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or bool(_HIDDEN_STYLE.search(element.get("style") or ""))
    )


def _source_text(text: str | None) -> str:
    return _SOURCE_SPACE.sub(" ", _CJK_BREAK.sub("", text)) if text else ""


class _Walker:
    """Walks the tree once; `_line` gathers inline text until a block begins or ends."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self._line: list[str] = []
        self._emit: Callable[[str, int, Align], None] = lambda text, level, align: builder.paragraph(
            text, level=level, align=align
        )

    def walk(self, element: Element, level: int = 0, align: Align = "", depth: int = 0) -> None:
        self._builder.meter.check_depth(depth)
        tag = element.tag
        block = tag in _BLOCK
        if block:
            self._flush(level, align)
        align = _aligned(element, align)
        if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
            level = int(tag[1])
        if tag == "br":
            self._line.append("\n")
        elif tag == "table" and is_data(element, silent):
            self._table(element, depth)
        else:
            if tag == "li" and (mark := ordinal(element)):
                self._line.append(mark)
            self._inside(element, level, align, depth)
        if block:
            self._flush(level, align)

    def _inside(self, element: Element, level: int, align: Align, depth: int) -> None:
        keep = element.tag == "pre"
        self._text(element.text, keep)
        for child in element:
            if not silent(child):
                self.walk(child, level, align, depth + 1)
            self._text(child.tail, keep)

    def _text(self, text: str | None, keep: bool) -> None:
        if text:
            self._line.append(text if keep else _source_text(text))

    def _flush(self, level: int, align: Align) -> None:
        text = "".join(self._line)
        self._line.clear()
        if text.strip():
            self._emit(text, level, align)

    def _table(self, table: Element, depth: int) -> None:
        caption = next((_flat(c) for c in table if c.tag == "caption" and not silent(c)), "")
        rows = [[(self._cell(cell, depth), *cell_span(cell)) for cell in row] for row in own_rows(table, silent)]
        self._builder.table(flow(rows, self._builder.meter), caption=caption)

    def _cell(self, cell: Element, depth: int) -> str:
        """A cell's text, its paragraphs on lines of their own; a table inside it, row by row."""
        lines: list[str] = []
        outer_emit, outer_line = self._emit, self._line
        self._emit, self._line = (lambda text, _level, _align: lines.append(text)), []
        for table in cell.iter("table"):
            _flatten(table)
        self._inside(cell, 0, "", depth + 1)
        self._flush(0, "")
        self._emit, self._line = outer_emit, outer_line
        return "\n".join(lines)


def _flatten(table: Element) -> None:
    """A table inside a cell is read as lines of text: its cells no longer break the line."""
    for row in own_rows(table, silent):
        for cell in row:
            cell.tag = "span"
            cell.tail = " "
    table.tag = "div"


def _flat(element: Element) -> str:
    return tidy("".join(element.itertext()))


def _aligned(element: Element, inherited: Align) -> Align:
    if element.tag == "center":
        return "center"
    found = _TEXT_ALIGN.search(element.get("style") or "")
    value = (found.group(1) if found else element.get("align") or "").lower()
    if value in {"left", "center", "right"}:
        return cast(Align, value)
    return "" if value == "justify" else inherited


def children(element: Element) -> Iterator[Element]:
    """可见子元素."""
    return (child for child in element if not silent(child))
