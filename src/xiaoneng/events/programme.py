"""工作方案的事实: a plan starts, is revised, and its tasks move, by id, number, date and hash only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from xiaoneng.events import Fact


@dataclass(frozen=True, slots=True)
class ProgrammeStarted(Fact):
    """方案启动: a document became a running programme; `digest` is the document's SHA-256."""

    kind: ClassVar[str] = "programme.started"
    programme_id: int
    digest: str
    tasks: int
    open_findings: int


@dataclass(frozen=True, slots=True)
class PlanImported(Fact):
    """方案导入: one document was applied as revision `number` of a programme."""

    kind: ClassVar[str] = "programme.imported"
    programme_id: int
    revision_id: int
    number: int
    digest: str
    added: int
    changed: int
    withdrawn: int


@dataclass(frozen=True, slots=True)
class ProgrammeRenamed(Fact):
    """方案题头变更: names of the changed fields (title, issuer, number, date)."""

    kind: ClassVar[str] = "programme.renamed"
    programme_id: int
    fields: tuple[str, ...]
    revision_id: int


@dataclass(frozen=True, slots=True)
class ProgrammeClosed(Fact):
    """方案结束: nothing of it can be changed any more."""

    kind: ClassVar[str] = "programme.closed"
    programme_id: int
    completed: int
    unfinished: int


@dataclass(frozen=True, slots=True)
class TaskOpened(Fact):
    """任务立项: `deadline` ISO or empty."""

    kind: ClassVar[str] = "programme.task_opened"
    programme_id: int
    task_id: int
    number: int
    deadline: str


@dataclass(frozen=True, slots=True)
class TaskChanged(Fact):
    """任务变更: names of the changed fields; `revision_id` None where a person decided it."""

    kind: ClassVar[str] = "programme.task_changed"
    task_id: int
    fields: tuple[str, ...]
    revision_id: int | None


@dataclass(frozen=True, slots=True)
class TaskMoved(Fact):
    """任务状态变更: by the step `step` of the state table."""

    kind: ClassVar[str] = "programme.task_moved"
    task_id: int
    step: str
    of: str
    to: str


@dataclass(frozen=True, slots=True)
class TaskProgressed(Fact):
    """任务进展: `percent` done, as reported in the update `update_id`."""

    kind: ClassVar[str] = "programme.task_progressed"
    task_id: int
    update_id: int
    percent: int


@dataclass(frozen=True, slots=True)
class HandlerAssigned(Fact):
    """承办人指定: None where the task is given back to its unit."""

    kind: ClassVar[str] = "programme.handler_assigned"
    task_id: int
    person_id: int | None


@dataclass(frozen=True, slots=True)
class UnitAssigned(Fact):
    """责任单位确定: `role` lead or support; a unit, or a group of units, never both."""

    kind: ClassVar[str] = "programme.unit_assigned"
    task_id: int
    assignment_id: int
    role: str
    unit_id: int | None
    group_id: int | None


@dataclass(frozen=True, slots=True)
class UnitReleased(Fact):
    """责任单位解除."""

    kind: ClassVar[str] = "programme.unit_released"
    task_id: int
    assignment_id: int


@dataclass(frozen=True, slots=True)
class TargetSet(Fact):
    """目标确定 or changed: `value` as a decimal number in text, empty where only a person can judge."""

    kind: ClassVar[str] = "programme.target_set"
    programme_id: int
    task_id: int | None
    target_id: int
    operator: str
    value: str


@dataclass(frozen=True, slots=True)
class TargetDropped(Fact):
    """目标取消."""

    kind: ClassVar[str] = "programme.target_dropped"
    programme_id: int
    target_id: int


@dataclass(frozen=True, slots=True)
class CadenceSet(Fact):
    """频次确定: `rrule` as in RFC 5545."""

    kind: ClassVar[str] = "programme.cadence_set"
    programme_id: int
    task_id: int | None
    cadence_id: int
    rrule: str


@dataclass(frozen=True, slots=True)
class CadenceDropped(Fact):
    """频次取消."""

    kind: ClassVar[str] = "programme.cadence_dropped"
    programme_id: int
    cadence_id: int


@dataclass(frozen=True, slots=True)
class FindingRaised(Fact):
    """疑点提出: something in the document that disagrees with itself; `decision` may already stand at import."""

    kind: ClassVar[str] = "programme.finding_raised"
    programme_id: int
    finding_id: int
    code: str
    decision: str


@dataclass(frozen=True, slots=True)
class FindingDecided(Fact):
    """疑点处理: accepted or rejected."""

    kind: ClassVar[str] = "programme.finding_decided"
    programme_id: int
    finding_id: int
    decision: str


@dataclass(frozen=True, slots=True)
class EvidenceAdded(Fact):
    """佐证材料提交: `sha256` of the file."""

    kind: ClassVar[str] = "programme.evidence_added"
    task_id: int
    evidence_id: int
    sha256: str


@dataclass(frozen=True, slots=True)
class CommentAdded(Fact):
    """任务留言: the text itself is not in the ledger, its digest is sealed with the row."""

    kind: ClassVar[str] = "programme.comment_added"
    task_id: int
    comment_id: int
