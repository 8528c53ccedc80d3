"""压平的任务表: a table whose text came out one cell per line, with merged cells missing.

The heading row is a run of short lines with column names; rows begin at the ascending number column. Which
cell belongs to which column is decided for a row as a whole, by the least costly arrangement in column order:
how well a text fits a column is learned from the complete rows and from the column's meaning. A leading
column that is missing was merged with the row above and is carried down; any other missing cell is empty.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from xiaoneng.foundation.blocks import Paragraph, Table
from xiaoneng.programme.reading.columns import UNITS, Column, hint, settle
from xiaoneng.programme.reading.deadlines import find_when
from xiaoneng.programme.reading.layout import Part
from xiaoneng.programme.reading.numbering import mark_at
from xiaoneng.programme.reading.outline import ANNEX
from xiaoneng.programme.reading.plan import Task
from xiaoneng.programme.reading.rows import names_of, row_task
from xiaoneng.programme.reading.units import is_open, looks_like_unit

_CARRIED: frozenset[Column] = frozenset({"action", "measure"})
_MOST_CELLS = 40


@dataclass(frozen=True, slots=True)
class Flattened:
    """压平表 at parts[start:end], heading included."""

    start: int
    end: int
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    cells: tuple[str, ...]


def find_flattened(
    parts: Sequence[Part], *, issued_on: str, first_leads: bool, stops: frozenset[int] = frozenset()
) -> list[Flattened]:
    """找压平的任务表. No table reaches past a part at `stops` (a sign-off)."""
    parts = [Table((), p.line) if i in stops else p for i, p in enumerate(parts)] if stops else parts
    found: list[Flattened] = []
    i = 0
    while i < len(parts):
        heading = _heading(parts, i)
        if heading is None:
            i += 1
            continue
        columns, names = heading
        rows, end = _rows(parts, i + len(names), columns, names)
        if len(rows) >= 2 or (rows and "number" in columns):
            tasks = _tasks(rows, columns, issued_on, first_leads)
            found.append(Flattened(i, end, tuple(tasks)))
            i = end
        else:
            i += len(names)
    return found


def _text(part: Part) -> str:
    return part.text.strip() if isinstance(part, Paragraph) else ""


def _heading(parts: Sequence[Part], start: int) -> tuple[tuple[Column, ...], tuple[str, ...]] | None:
    names: list[str] = []
    while start + len(names) < len(parts) and len(names) < 14:
        text = _text(parts[start + len(names)])
        if not text or len(text) > 14 or hint(text) is None:
            break
        names.append(text)
    if len(names) < 3:
        return None
    hints = [hint(n) for n in names]
    if "number" in hints[1:]:
        return None  # the heading begins further down
    columns = settle(hints)
    return (columns, tuple(names)) if columns else None


def _rows(
    parts: Sequence[Part], start: int, columns: tuple[Column, ...], names: tuple[str, ...]
) -> tuple[list[_Row], int]:
    if columns[0] == "number":
        return _numbered_rows(parts, start, len(columns) - 1, names)
    return _rows_by_unit(parts, start, len(columns), names)


def _numbered_rows(parts: Sequence[Part], start: int, width: int, names: tuple[str, ...]) -> tuple[list[_Row], int]:
    rows: list[_Row] = []
    cells: list[str] = []
    line = 0
    i = start
    while i < len(parts):
        text = _text(parts[i])
        if not text or ANNEX.fullmatch(text) or len(cells) > _MOST_CELLS:
            break
        if text == names[0] and [_text(p) for p in parts[i : i + len(names)]] == list(names):
            i += len(names)
            continue
        if re.fullmatch(rf"0?{len(rows) + 1 + bool(line)}[.．、]?", text):
            if line:
                rows.append(_Row(line, tuple(cells)))
            line, cells = parts[i].line, []
        elif not line or (
            len(cells) >= 2 and _is_units(cells[-1]) and _is_after(parts, i, len(rows) + 2, width, cells)
        ):
            break
        else:
            cells.append(text)
        i += 1
    if line and cells:
        rows.append(_Row(line, tuple(cells)))
    return rows, i


def _is_after(parts: Sequence[Part], i: int, following: int, width: int, cells: Sequence[str]) -> bool:
    """Whether part i comes after the table: its last row ends with its offices and no further row begins."""
    text = _text(parts[i])
    if any(_text(p) == str(following) for p in parts[i : i + _MOST_CELLS]):
        return False
    return len(cells) >= width or not _is_units(text) or text.startswith(("注", "备注"))


def _rows_by_unit(parts: Sequence[Part], start: int, width: int, names: tuple[str, ...]) -> tuple[list[_Row], int]:
    """Without a number column, a row ends at its office."""
    rows: list[_Row] = []
    cells: list[str] = []
    line = 0
    i = start
    while i < len(parts):
        text = _text(parts[i])
        if not text or ANNEX.fullmatch(text) or len(cells) > width:
            break
        if text == names[0] and [_text(p) for p in parts[i : i + len(names)]] == list(names):
            i += len(names)
            continue
        line = line or parts[i].line
        cells.append(text)
        i += 1
        if len(cells) >= 2 and _is_units(text) and not (i < len(parts) and _is_units(_text(parts[i]))):
            rows.append(_Row(line, tuple(cells)))
            cells, line = [], 0
    return rows, i - len(cells)


@lru_cache(maxsize=4096)
def _is_units(text: str) -> bool:
    if len(text) > 120 or any(c in text for c in "。；;:：%"):
        return False
    names = names_of(text).names
    return bool(names) and all(looks_like_unit(n) or is_open(n) for n in names)


def _tasks(rows: Sequence[_Row], columns: tuple[Column, ...], issued_on: str, first_leads: bool) -> list[Task]:
    kept = [c for c in columns if c != "number"]
    fits = _learn([r.cells for r in rows if len(r.cells) == len(kept)], kept)
    tasks: list[Task] = []
    carried: dict[str, str] = {}
    for row in rows:
        placed = arrange(row.cells, kept, fits, carried)
        if "action" in placed and placed["action"] != carried.get("action") and "measure" not in placed:
            carried.pop("measure", None)
        for column in _CARRIED:
            if placed.get(column):
                carried[column] = placed[column]
        cells: dict[str, str] = {k: v for k, v in carried.items() if k in kept}
        cells.update((k, v) for k, v in placed.items() if k not in ("other", "person"))
        tasks.append(row_task(cells, line=row.line, issued_on=issued_on, first_leads=first_leads))
    return tasks


Fit = Callable[[str], float]


def _learn(full: Sequence[Sequence[str]], columns: Sequence[Column]) -> list[Fit]:
    """适合度: for every column the cost of holding a text, 0 where it fits."""
    return [_fit(column, [cells[i] for cells in full]) for i, column in enumerate(columns)]


def _fit(column: Column, samples: Sequence[str]) -> Fit:
    marks = [m.style if (m := mark_at(s)) else "" for s in samples]
    usual = max(set(marks), key=marks.count) if marks else {"action": "han-paren", "measure": "digit"}.get(column, "")
    if marks and marks.count(usual) < 0.6 * len(marks):
        usual = ""

    def cost(text: str) -> float:
        mark = mark_at(text)
        style = mark.style if mark else ""
        total = 0.0 if style == usual else 2.0 if usual or style in ("han-paren", "digit", "han") else 0.3
        if column in UNITS:
            return 0.0 if _is_units(text) else 4.0
        if _is_units(text):
            total += 1.5
        if column == "deadline":
            return 0.0 if find_when(text, column=True) or re.search(r"全年|长期|持续|常年|每", text) else 3.0
        if column in ("action", "measure") and len(text) > 40:
            total += 0.5
        if column == "target":
            total += 0.9 - _aim(text)
        elif column == "steps":
            total += _aim(text) * 0.9
        return total

    return cost


_AIMS = re.compile(
    r"[%％]|率|达到|实现|建成|争创|力争|确保|营造|形成|氛围|标杆|一流|位次|满意|目标|成功|成效|榜|机制$|不.{1,5}、|发现一起"
)
_DOES = re.compile(
    r"^(?:协助|配合|开展|制定|加强|推进|组织|实施|完善|建立|召开|落实|跟踪|按照?|围绕|充分|继续|由|及时|加大|发挥|进一步|定期|全面)"
)


def _aim(text: str) -> float:
    """像目标 0…1: whether a text says what is to be reached rather than what is to be done."""
    score = 0.35 + 0.4 * bool(_AIMS.search(text)) - 0.45 * bool(_DOES.search(text)) - 0.2 * ("；" in text)
    return min(1.0, max(0.0, score))


def arrange(
    cells: Sequence[str], columns: Sequence[Column], fits: Sequence[Fit], carried: dict[str, str]
) -> dict[str, str]:
    """排列: the cheapest way to lay the cells into the columns in order. Too many cells: neighbours are joined."""
    n, k = len(cells), len(columns)
    infinite = float("inf")
    best = [[infinite] * (k + 1) for _ in range(n + 1)]
    taken = [[0] * (k + 1) for _ in range(n + 1)]
    best[0][0] = 0.0
    for j, column in enumerate(columns):
        skip = (
            0.2
            if column in _CARRIED and (column in carried or column == "measure")
            else {"task": 3.0, "lead": 3.0, "duty": 3.0}.get(column, 1.0)
        )
        if column in _CARRIED and column not in carried:
            skip = 1.2
        for i in range(n + 1):
            if best[i][j] == infinite:
                continue
            if best[i][j] + skip < best[i][j + 1]:
                best[i][j + 1], taken[i][j + 1] = best[i][j] + skip, 0
            for size in range(1, min(n - i, 1 + max(0, n - k)) + 1):
                joined = "".join(cells[i : i + size])
                cost = best[i][j] + fits[j](joined) + 1.6 * (size - 1)
                if cost < best[i + size][j + 1]:
                    best[i + size][j + 1], taken[i + size][j + 1] = cost, size
    placed: dict[str, str] = {}
    i = n
    for j in range(k, 0, -1):
        size = taken[i][j]
        if size:
            text = "".join(cells[i - size : i])
            placed[columns[j - 1]] = text + ("\n" + placed[columns[j - 1]] if columns[j - 1] in placed else "")
            i -= size
    return placed
