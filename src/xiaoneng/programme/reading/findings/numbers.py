"""序号: numbers of headings, items and rows that skip or repeat."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xiaoneng.foundation.blocks import Document, Table
from xiaoneng.programme.reading.findings.text import Line, finding
from xiaoneng.programme.reading.numbering import Mark, Style, mark_at, to_han
from xiaoneng.programme.reading.plan import Finding

_INLINE = re.compile(
    r"(?P<ordinal>(?:^|(?<=[。；：，、;:,]))(?P<o>[一二三四五六七八九十])(?:是|要(?!素|点|求|闻)))"
    r"|(?P<paren>(?:^|(?<=[。；：，、;:,]))[（(](?P<p>\d{1,2})[）)])"
    r"|(?P<circle>[①②③④⑤⑥⑦⑧⑨⑩⑪⑫])"
)
_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫"
_HAN = "一二三四五六七八九十"
_ANNEX = re.compile(r"附\s*件|附\s*[:：]|附表|附录")


def numbering_gaps(document: Document, lines: tuple[Line, ...]) -> Iterator[Finding]:
    """序号断号、重号: the excerpt is the number as written, the suggestion the one that the sequence calls for."""
    yield from _headings(list(_outside_tables(lines)))
    for line in lines:
        yield from _inline(line)
    yield from _rows(document, lines)


def _outside_tables(lines: tuple[Line, ...]) -> Iterator[Line]:
    """Cells of a table that came as one cell per line repeat the headings of the body; they begin at 序号."""
    inside = False
    for line in lines:
        text = line.text.strip()
        if text in ("序号", "编号"):
            inside = True
        elif inside and _ANNEX.match(text):
            inside = False
        if not inside and not line.cell:
            yield line


def _headings(lines: list[Line]) -> Iterator[Finding]:
    open_: list[Mark] = []
    last: dict[Style, int] = {}
    previous: Mark | None = None
    for line in lines:
        text = line.text.strip()
        if _ANNEX.match(text):
            open_, last = [], {}
            # 附件：1.… announces; its 2. on the next line goes on from there.
            if found := re.match(r"附\s*件\s*[:：]\s*(?=\d)", text):
                mark = mark_at(text, found.end())
                if mark:
                    open_, last = [mark], {mark.style: mark.value}
            continue
        mark = mark_at(text)
        if mark is None or mark.style in ("ordinal", "circle"):
            previous = None
            continue
        here = next((m.value for m in reversed(open_) if m.style == mark.style), None)
        open_ = [m for m in open_ if m.rank < mark.rank]
        open_.append(mark)
        before = last.get(mark.style)
        last[mark.style] = mark.value
        if mark.value == 1 and here == 1 and previous is not None and previous.written == mark.written:
            yield _report(line, mark.written, _rewritten(mark, 2), 1, 1)
        previous = mark
        if mark.value == 1 or before is None or mark.value in (before + 1, (here or 0) + 1):
            continue
        if mark.value > 60 or (mark.style == "digit" and mark.value > before + 5):
            continue
        expected = (here if here is not None else before) + 1
        yield _report(line, mark.written, _rewritten(mark, expected), before, mark.value)


def _report(line: Line, written: str, right: str, before: int, value: int) -> Finding:
    said = "重复" if value == before else ("缺少前一号" if value > before else "次序颠倒")
    return finding("numbering-gap", "warning", line, written, f"序号“{written}”{said}，按次序应为“{right}”。", right)


def _rewritten(mark: Mark, value: int) -> str:
    number = str(value) if mark.style in ("digit", "digit-paren") else to_han(value)
    return re.sub(r"[〇零一二三四五六七八九十百]+|[0-9０-９]+", number, mark.written, count=1)


def _inline(line: Line) -> Iterator[Finding]:
    last: dict[str, int] = {}
    for match in _INLINE.finditer(line.text):
        kind = (
            match.lastgroup
            if match.lastgroup in ("ordinal", "paren", "circle")
            else ("ordinal" if match["o"] else "paren")
        )
        assert kind is not None
        value = (
            _HAN.index(match["o"]) + 1
            if match["o"]
            else int(match["p"])
            if match["p"]
            else _CIRCLES.index(match.group()) + 1
        )
        before = last.get(kind)
        if value == 1 or before is None:
            # A list that opens with another number than one goes on from an earlier paragraph.
            last[kind] = value
            continue
        last[kind] = value
        if value == before or value > before + 1:
            written = match.group()
            number = {
                "ordinal": _HAN[min(before, 9)] + written[1:],
                "paren": f"（{before + 1}）",
                "circle": _CIRCLES[min(before, 11)],
            }
            yield _report(line, written, number[kind], before, value)


def _rows(document: Document, lines: tuple[Line, ...]) -> Iterator[Finding]:
    """The number column of a table, and of a table that came as one cell per line."""
    for block in document.blocks:
        if isinstance(block, Table) and block.rows and block.lines:
            column = next(
                (i for i, c in enumerate(block.rows[0]) if re.sub(r"\s", "", c.text) in ("序号", "编号")), None
            )
            if column is not None:
                cells = [
                    (row[column].text.strip(), n)
                    for row, n in zip(block.rows[1:], block.lines[1:], strict=False)
                    if row[column].origin
                ]
                yield from _sequence(cells)
    inside = False
    cells = []
    for line in lines:
        text = line.text.strip()
        if text == "序号" and not line.cell:
            inside = True
        elif inside and text.isdecimal() and len(text) <= 3:
            cells.append((text, line.number))
    yield from _sequence(cells)


def _sequence(cells: list[tuple[str, int]]) -> Iterator[Finding]:
    before = 0
    for text, number in cells:
        if not (text.isascii() and text.isdecimal() and len(text) <= 4):
            continue
        value = int(text)
        if before and value not in (1, before + 1):
            said = "重复" if value == before else "不连续"
            yield finding(
                "numbering-gap", "warning", number, text, f"表中序号“{text}”与上一行“{before}”{said}。", str(before + 1)
            )
        before = value
