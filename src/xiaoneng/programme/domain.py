"""任务的状态表与词汇: pure; the database and the pages both read it here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from django.db.models import TextChoices

OPERATORS: Mapping[str, str] = {
    ">=": "不少于",
    "<=": "不超过",
    "=": "等于",
    ">": "多于",
    "<": "少于",
    "up": "上升",
    "down": "下降",
    "text": "由人评判",
}
PERIODS = ("日", "周", "半月", "月", "季", "半年", "年")


class TaskState(TextChoices):
    """任务状态."""

    WAITING = "waiting", "未开始"
    RUNNING = "running", "进行中"
    PROPOSED = "proposed", "待核验"
    DONE = "done", "已办结"
    WITHDRAWN = "withdrawn", "已撤销"


OPEN_STATES = (TaskState.WAITING, TaskState.RUNNING, TaskState.PROPOSED)

# Who a person is towards one task: lead and support come from the task's units, the rest from the office.
Relation = Literal["handler", "lead_head", "lead_handler", "support", "supervision", "leader"]


@dataclass(frozen=True, slots=True)
class Step:
    """状态变更: from one of `of` to `to`, by somebody who stands in one of the relations `by`.

    `evidence`: at least one piece of evidence must be there; `reason`: a sentence must be given;
    `another`: not by whoever proposed completion (干的人不能自己销号).
    """

    name: str
    label: str
    of: frozenset[TaskState]
    to: TaskState
    by: frozenset[Relation]
    basis: str = "方案 2(1)"
    evidence: bool = False
    reason: bool = False
    another: bool = False


_TABLE = (
    Step(
        "start",
        "开始办理",
        frozenset({TaskState.WAITING}),
        TaskState.RUNNING,
        frozenset({"handler", "lead_head", "lead_handler", "supervision"}),
    ),
    Step(
        "propose",
        "申请办结",
        frozenset({TaskState.RUNNING}),
        TaskState.PROPOSED,
        frozenset({"handler", "lead_head", "lead_handler"}),
        evidence=True,
    ),
    Step(
        "confirm",
        "确认办结",
        frozenset({TaskState.PROPOSED}),
        TaskState.DONE,
        frozenset({"lead_head", "supervision"}),
        another=True,
    ),
    Step(
        "return",
        "退回重办",
        frozenset({TaskState.PROPOSED}),
        TaskState.RUNNING,
        frozenset({"lead_head", "supervision", "leader"}),
        reason=True,
    ),
    Step(
        "reopen",
        "重新办理",
        frozenset({TaskState.DONE}),
        TaskState.RUNNING,
        frozenset({"supervision", "leader"}),
        reason=True,
    ),
)
STEPS: Mapping[str, Step] = {step.name: step for step in _TABLE}
