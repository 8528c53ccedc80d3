"""任务表: real tables with merged cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from xiaoneng.foundation.blocks import Cell, Table
from xiaoneng.programme.reading.columns import CONTENT, UNITS, Column, Hint, hint, settle
from xiaoneng.programme.reading.numbering import mark_at
from xiaoneng.programme.reading.plan import Task
from xiaoneng.programme.reading.rows import names_of, row_task
from xiaoneng.programme.reading.units import is_field, is_open, looks_like_unit

_HEADING_ROWS = 6


@dataclass(frozen=True, slots=True)
class Shape:
    """表式: the columns of a task table; a table that goes on without a heading takes the shape of the one before."""

    columns: tuple[Column, ...]
    heading: tuple[str, ...]
    first_row: int


def shape_of(table: Table) -> Shape | None:
    """认表头: None where the table assigns no work (indicators, name lists, subsidies)."""
    for r, row in enumerate(table.rows[:_HEADING_ROWS]):
        hints = [hint(c.text) for c in row]
        if sum(h is not None for h in hints) < 2 or len({c.text for c in row}) < 2:
            continue
        first = r + 1
        if first < len(table.rows) and (below := _second_heading(row, table.rows[first])):
            hints, first = below, first + 1
        columns = settle(hints)
        if columns is None:
            continue
        shape = Shape(columns, tuple(_flat(c.text) for c in row), first)
        return shape if _holds_units(table, shape) else None
    return None


def _second_heading(above: Sequence[Cell], below: Sequence[Cell]) -> list[Hint | None] | None:
    """责任单位 over 牵头 and 配合: a heading of two rows, read as one."""
    if not any(a.text == b.text for a, b in zip(above, below, strict=True)):
        return None
    own = [b for a, b in zip(above, below, strict=True) if a.text != b.text and b.text.strip()]
    if not own or any(len(b.text) > 12 for b in own):
        return None
    merged = [
        hint(b.text) if a.text == b.text else hint(b.text) or hint(_flat(a.text) + _flat(b.text))
        for a, b in zip(above, below, strict=True)
    ]
    changed = [m for m, a, b in zip(merged, above, below, strict=True) if a.text != b.text]
    return merged if any(changed) else None


def _holds_units(table: Table, shape: Shape) -> bool:
    cells = [
        row[i].text
        for row in table.rows[shape.first_row : shape.first_row + 60]
        for i, column in enumerate(shape.columns)
        if column in UNITS and row[i].text.strip()
    ]
    if not cells:
        return False
    unit_like = 0.0
    for cell in cells:
        names = names_of(cell).names
        if re.search(r"(?:牵头|责任|负责|配合)(?:单位|部门|处室)?[:：]|牵头|负责", cell) or any(
            looks_like_unit(n) or is_open(n) or is_field(n) for n in names
        ):
            unit_like += 1
        elif any(re.fullmatch(r"[\u4e00-\u9fa5（）()]{3,10}", n) for n in names):
            unit_like += 0.6  # an abbreviation, a town, a firm; 万元 and 个 are measures
    return unit_like >= 0.5 * len(cells)


def _flat(text: str) -> str:
    return re.sub(r"\s+", "", text)


def table_tasks(
    table: Table, shape: Shape, *, issued_on: str, first_leads: bool, continued: bool = False
) -> list[Task]:
    """读任务表: one task per row. `continued`: the table goes on from the one before and has no heading of its own."""
    tasks: list[Task] = []
    section = ""
    for r in range(0 if continued else shape.first_row, len(table.rows)):
        row = table.rows[r]
        line = table.lines[r] if r < len(table.lines) else table.line
        texts = [c.text.strip() for c in row]
        if tuple(_flat(t) for t in texts) == shape.heading:
            continue
        distinct = {t for t in texts if t}
        if len(distinct) == 1 and (len(texts) > 2 or not names_of(texts[-1]).names):
            only = distinct.pop()
            if not only.startswith(("注", "备注", "说明")) and len(only) <= 60:
                section = only
            continue
        cells = _by_meaning(row, shape.columns)
        if not any(cells.get(c) for c in CONTENT - {"action"}) and not _counts(cells):
            if tasks and any(cells.get(c) for c in UNITS):
                tasks[-1] = _more_units(tasks[-1], cells)
            continue
        path = (section,) if section and section != cells.get("action") else ()
        if "action" not in cells and section and "action" not in shape.columns:
            cells["action"], path = section, ()
        tasks.append(row_task(cells, line=line, issued_on=issued_on, first_leads=first_leads, path=path))
    return tasks


def _counts(cells: dict[str, str]) -> bool:
    return bool(cells.get("action")) and any(cells.get(c) for c in UNITS)


def _by_meaning(row: Sequence[Cell], columns: Sequence[Column]) -> dict[str, str]:
    """Cell texts by column meaning; two columns of one meaning are joined, one cell merged over both counts once."""
    cells: dict[str, str] = {}
    for cell, column in zip(row, columns, strict=False):
        text = cell.text.strip()
        if column == "other" or not text:
            continue
        if column not in cells:
            cells[column] = text
        elif text != cells[column]:
            cells[column] += "\n" + text
    return cells


def _more_units(task: Task, cells: dict[str, str]) -> Task:
    from dataclasses import replace

    lead = names_of(cells.get("lead") or cells.get("duty") or "")
    support = names_of(cells.get("support") or "")
    return replace(
        task,
        lead_units=tuple(dict.fromkeys(task.lead_units + lead.names)),
        support_units=tuple(dict.fromkeys(task.support_units + support.names)),
        others=task.others or lead.others or support.others,
    )


def goes_on(table: Table, shape: Shape) -> bool:
    """Whether a table without a heading continues the one before it."""
    if not table.rows or len(table.rows[0]) != len(shape.columns):
        return False
    if "number" in shape.columns:
        mark = mark_at(table.rows[0][shape.columns.index("number")].text.strip().rstrip("、.．") + "、")
        return mark is not None and mark.value > 1
    return _holds_units(table, Shape(shape.columns, shape.heading, 0))
