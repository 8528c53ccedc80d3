"""方案的门: what other modules may read of programmes and do to them."""

from __future__ import annotations

from xiaoneng.programme.domain import OPEN_STATES, STEPS, Step, TaskState
from xiaoneng.programme.models import Action, Cadence, Evidence, Finding, Measure, Programme, Target, Task, TaskUnit
from xiaoneng.programme.queries import (
    Board,
    Branch,
    Counts,
    Detail,
    Filters,
    Occurrence,
    Stem,
    board_tree,
    counts,
    occurrences,
    office_tasks,
    programmes,
    task_detail,
    task_rows,
)
from xiaoneng.programme.visibility import (
    Sight,
    detailed_tasks,
    sight,
    visible_cadences,
    visible_programmes,
    visible_tasks,
)

__all__ = [
    "OPEN_STATES",
    "STEPS",
    "Action",
    "Board",
    "Branch",
    "Cadence",
    "Counts",
    "Detail",
    "Evidence",
    "Filters",
    "Finding",
    "Measure",
    "Occurrence",
    "Programme",
    "Sight",
    "Stem",
    "Step",
    "Target",
    "Task",
    "TaskState",
    "TaskUnit",
    "board_tree",
    "counts",
    "detailed_tasks",
    "occurrences",
    "office_tasks",
    "programmes",
    "sight",
    "task_detail",
    "task_rows",
    "visible_cadences",
    "visible_programmes",
    "visible_tasks",
]
