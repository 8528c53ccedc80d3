"""方案的查询: each scoped by a viewer, none with a query in a loop."""

from __future__ import annotations

from xiaoneng.programme.queries.board import (
    Board,
    Branch,
    Counts,
    Filters,
    Stem,
    board_tree,
    counts,
    office_tasks,
    programmes,
    task_rows,
)
from xiaoneng.programme.queries.calendar import Occurrence, occurrences
from xiaoneng.programme.queries.detail import Detail, task_detail

__all__ = [
    "Board",
    "Branch",
    "Counts",
    "Detail",
    "Filters",
    "Occurrence",
    "Stem",
    "board_tree",
    "counts",
    "occurrences",
    "office_tasks",
    "programmes",
    "task_detail",
    "task_rows",
]
