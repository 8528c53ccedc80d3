"""方案: what a plan says, as frozen data; the JSON of `xiaoneng read --json` is its mirror."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any, Literal

Severity = Literal["error", "warning", "notice"]
Operator = Literal["=", ">=", "<=", ">", "<", "up", "down", "text"]


@dataclass(frozen=True, slots=True)
class Member:
    """成员: one seat of the leading group (领导小组): 组长, 副组长, 成员 …"""

    role: str
    name: str
    post: str
    line: int


@dataclass(frozen=True, slots=True)
class Section:
    """章节: a numbered or declared heading of the document, any level (1 = 一、)."""

    number: str
    title: str
    level: int
    line: int


@dataclass(frozen=True, slots=True)
class Item:
    """举措条目: a paragraph under a measure, e.g. (1)依法行政, with the offices it names."""

    number: str
    heading: str
    text: str
    units: tuple[str, ...]
    others: bool
    line: int


@dataclass(frozen=True, slots=True)
class Measure:
    """举措: one numbered measure of the plan's body inside an action (行动)."""

    number: int
    action: str
    title: str
    items: tuple[Item, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Task:
    """任务: one row of the annex table, one responsibility clause, or one duty in prose.

    `number` runs from 1 through the document; `path` holds the headings above the task,
    outermost first, as written; `deadline` is ISO (YYYY-MM-DD) where definite, else "";
    `deadline_text` the wording; `others` is true where the wording is open ("等", "有关部门").
    `measure_number` is 0 where the plan numbers no measures.
    """

    number: int
    path: tuple[str, ...]
    action: str
    measure: str
    measure_number: int
    task: str
    steps: str
    target: str
    text: str
    lead_units: tuple[str, ...]
    support_units: tuple[str, ...]
    joint: bool
    others: bool
    deadline: str
    deadline_text: str
    line: int

    @property
    def units(self) -> tuple[str, ...]:
        """责任单位: lead units, then support units, without repetition."""
        return tuple(dict.fromkeys(self.lead_units + self.support_units))


@dataclass(frozen=True, slots=True)
class Target:
    """目标: a measurable aim read out of a task's wording.

    `task` is the task's number (0: of the document as a whole); `subject` what is measured ("政府网站信息更新");
    `measure` the quantity ("及时率"); `value` with `unit` ("%", "次", "个位次", "个工作日", …);
    `period` "" or one of 日 周 半月 月 季 半年 年. `operator` "text" marks an aim that can only be judged.
    """

    task: int
    subject: str
    measure: str
    operator: Operator
    value: Decimal | None
    unit: str
    period: str
    text: str


@dataclass(frozen=True, slots=True)
class Cadence:
    """频次: a recurring duty ("一月一通报") as an RFC 5545 recurrence rule without DTSTART."""

    task: int
    text: str
    rrule: str


@dataclass(frozen=True, slots=True)
class Finding:
    """疑点: something in the plan that disagrees with itself; a proposal, never a correction.

    `code` is a stable English slug ("name-mismatch"); `excerpt` is verbatim text at `line`;
    `message` says in Chinese what is wrong and where the other side stands; `suggestion` is the replacement
    for `excerpt`, or "" when only a person can know.
    """

    code: str
    severity: Severity
    line: int
    excerpt: str
    message: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class Plan:
    """工作方案: everything the reader found. Empty strings and tuples where the text is silent."""

    title: str
    issuer: str
    document_number: str
    issued_on: str
    recipients: tuple[str, ...]
    group: tuple[Member, ...]
    sections: tuple[Section, ...]
    measures: tuple[Measure, ...]
    tasks: tuple[Task, ...]
    targets: tuple[Target, ...] = ()
    cadences: tuple[Cadence, ...] = ()
    slogans: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """JSON 形式: plain dicts and lists; dates that are not known and values that are not definite are null."""
        data = asdict(self)
        for task, row in zip(self.tasks, data["tasks"], strict=True):
            row["units"] = list(task.units)
            row["deadline"] = task.deadline or None
            row["deadline_text"] = task.deadline_text or None
        for row in data["targets"]:
            row["value"] = None if row["value"] is None else _number(row["value"])
        for key in ("title", "issuer", "document_number", "issued_on"):
            data[key] = data[key] or None
        return data


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
