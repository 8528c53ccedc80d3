"""方案的查询: each scoped by a viewer, none with a query in a loop."""

from __future__ import annotations

from xiaoneng.programme.queries.board import (
    Board,
    Branch,
    Counts,
    Due,
    Filters,
    Stem,
    board_tree,
    counts,
    filtered,
    office_tasks,
    programmes,
    task_rows,
    with_units,
)
from xiaoneng.programme.queries.calendar import Occurrence, occurrences
from xiaoneng.programme.queries.detail import Detail, task_detail

__all__ = [
    "Board",
    "Branch",
    "Counts",
    "Detail",
    "Due",
    "Filters",
    "Occurrence",
    "Stem",
    "board_tree",
    "counts",
    "filtered",
    "occurrences",
    "office_tasks",
    "programmes",
    "task_detail",
    "task_rows",
    "with_units",
]
