"""方案的门: what other modules may read of programmes and do to them."""

from __future__ import annotations

from xiaoneng.programme.domain import OPEN_STATES, STEPS, Step, TaskState
from xiaoneng.programme.models import (
    Action,
    Cadence,
    Evidence,
    Finding,
    ImportDraft,
    Measure,
    Programme,
    Target,
    Task,
    TaskUnit,
)
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
from xiaoneng.programme.services.drafts import receive, running_file, waiting_revision
from xiaoneng.programme.services.programmes import close, decide_finding
from xiaoneng.programme.services.revising import revise
from xiaoneng.programme.services.starting import start
from xiaoneng.programme.services.work import (
    add_evidence,
    assign_handler,
    comment,
    report_progress,
    set_deadline,
    set_targets,
    take_step,
)
from xiaoneng.programme.visibility import (
    Sight,
    detailed_tasks,
    sight,
    visible_cadences,
    visible_programmes,
    visible_tasks,
)
from xiaoneng.programme.workbook import export_tasks, task_workbook

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
    "ImportDraft",
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
    "add_evidence",
    "assign_handler",
    "board_tree",
    "close",
    "comment",
    "counts",
    "decide_finding",
    "detailed_tasks",
    "export_tasks",
    "occurrences",
    "office_tasks",
    "programmes",
    "receive",
    "report_progress",
    "revise",
    "running_file",
    "set_deadline",
    "set_targets",
    "sight",
    "start",
    "take_step",
    "task_detail",
    "task_rows",
    "task_workbook",
    "visible_cadences",
    "visible_programmes",
    "visible_tasks",
    "waiting_revision",
]
