"""方案的表: the plan, its tasks, the work on them, and drafts not yet started."""

from __future__ import annotations

from xiaoneng.programme.models.drafts import ImportDraft
from xiaoneng.programme.models.plan import Action, Finding, Measure, Programme, Revision
from xiaoneng.programme.models.task import Cadence, Target, Task, TaskUnit, UnitGroup
from xiaoneng.programme.models.work import Comment, Evidence, Update

__all__ = [
    "Action",
    "Cadence",
    "Comment",
    "Evidence",
    "Finding",
    "ImportDraft",
    "Measure",
    "Programme",
    "Revision",
    "Target",
    "Task",
    "TaskUnit",
    "UnitGroup",
    "Update",
]
