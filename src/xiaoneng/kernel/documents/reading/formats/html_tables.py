"""网页中的表格: telling tables of data from tables that only lay out a page, and taking their rows apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

Silent = Callable[[Any], bool]
_LONG_CELL = 1_500


def own_rows(table: Any, silent: Silent) -> list[list[Any]]:
    """行: lists of cells; head rows first and foot rows last, as a browser shows them."""
    parts: dict[str, list[Any]] = {"thead": [], "tbody": [], "tfoot": []}
    for part in table:
        if silent(part):
            continue
        if part.tag == "tr":
            parts["tbody"].append(part)
        elif part.tag in parts:
            parts[part.tag].extend(row for row in part if row.tag == "tr" and not silent(row))
    return [
        [cell for cell in row if cell.tag in {"td", "th"} and not silent(cell)]
        for rows in parts.values()
        for row in rows
    ]


def is_data(table: Any, silent: Silent) -> bool:
    """是否数据表: at least two rows and two columns filled, and no cell that holds a page's text."""
    if table.get("role") in {"presentation", "none"}:
        return False
    filled_rows, widest = 0, 0
    for row in own_rows(table, silent):
        filled = 0
        for cell in row:
            if _holds_page(cell):
                return False
            filled += any(text.strip() for text in cell.itertext())
        filled_rows += filled > 0
        widest = max(widest, filled)
    return filled_rows >= 2 and widest >= 2


def cell_span(cell: Any) -> tuple[int, int]:
    """跨行、跨列 as the cell states them; nonsense counts as 1. A rowspan of 0 means: to the end."""
    return _span(cell.get("rowspan"), least=0), _span(cell.get("colspan"), least=1)


def _span(text: str | None, *, least: int) -> int:
    digits = ""
    for character in (text or "").strip()[:9]:
        if not ("0" <= character <= "9"):
            break
        digits += character
    return max(int(digits), least) if digits else 1


def _holds_page(cell: Any) -> bool:
    paragraphs = 0
    length = 0
    for inner in _descendants(cell):
        if inner.tag in {"h1", "h2"}:
            return True
        paragraphs += inner.tag in {"p", "br", "div"}
    if paragraphs >= 8:
        length = sum(len(text.strip()) for text in cell.itertext())
    return length > _LONG_CELL


def _descendants(element: Any) -> Iterator[Any]:
    return (e for e in element.iterdescendants() if isinstance(e.tag, str))
