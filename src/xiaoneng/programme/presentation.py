"""页面用的形式: the document with its doubts marked, tasks as cards, events as sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xiaoneng.kernel.ledger import api as ledger
from xiaoneng.kernel.organisation import api as organisation
from xiaoneng.programme.domain import OPERATORS, STEPS, TaskState
from xiaoneng.programme.importing.difference import number_text
from xiaoneng.programme.importing.edits import decision_of
from xiaoneng.programme.importing.lines import marked
from xiaoneng.programme.models import Comment, Evidence, Finding, Task, TaskUnit, Update
from xiaoneng.programme.queries.detail import Detail

FIELD_NAMES = {
    "title": "任务",
    "steps": "工作举措",
    "target": "目标要求",
    "text": "原文",
    "deadline": "完成时限",
    "deadline_text": "时限表述",
    "joint": "共同负责",
    "others": "另有其他单位",
    "number": "序号",
}
HISTORY_SHOWN = 200


def source_rows(lines: Sequence[Mapping[str, Any]], findings: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """原文: each paragraph or table row in pieces, a piece with its finding's index where one stands there."""
    by_line: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for index, finding in enumerate(findings):
        by_line[finding["line"]].append({"index": index, "decision": decision_of(finding), **finding})
    rows = [_table(row, by_line) if "rows" in row else _paragraph(row, by_line) for row in lines]
    _anchor(rows)
    return rows


def _anchor(rows: Iterable[dict[str, Any]]) -> None:
    """One address per source line, at its first appearance."""
    seen: set[int] = set()
    for row in rows:
        for line in row.get("rows", (row,)):
            line["anchor"] = line["line"] not in seen
            seen.add(line["line"])


def _paragraph(row: Mapping[str, Any], by_line: Mapping[int, list[dict[str, Any]]]) -> dict[str, Any]:
    return {**row, "pieces": marked(row["text"], by_line.get(row["line"], []))}


def _table(row: Mapping[str, Any], by_line: Mapping[int, list[dict[str, Any]]]) -> dict[str, Any]:
    rows = [
        {
            "line": line["line"],
            "cells": [
                {**cell, "pieces": marked(cell["text"], by_line.get(line["line"], []))} for cell in line["cells"]
            ],
        }
        for line in row["rows"]
    ]
    return {**row, "rows": rows}


def task_cards(reading: Mapping[str, Any], tasks: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """草稿任务卡: each task with its targets, cadences and the findings on its lines."""
    targets, cadences = _by_task(reading["targets"]), _by_task(reading["cadences"])
    return [
        {
            **task,
            "lead_text": "、".join(task["lead_units"]),
            "support_text": "、".join(task["support_units"]),
            "its_targets": [{**row, "sentence": target_words(row)} for row in targets.get(task["number"], [])],
            "target_rows": target_rows(targets.get(task["number"], [])),
            "prefix": f"target-{task['number']}",
            "its_cadences": cadences.get(task["number"], []),
        }
        for task in tasks
    ]


def _by_task(rows: Iterable[Mapping[str, Any]]) -> dict[int, list[Mapping[str, Any]]]:
    grouped: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        grouped[row["task"]].append(row)
    return grouped


def target_rows(targets: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """目标各行 for a form, with an empty one to add another."""
    return [*({**row, "shown": number_text(row["value"])} for row in targets), {"operator": "text"}]


def target_words(target: Mapping[str, Any]) -> str:
    """目标的一句话, in words."""
    if target["operator"] == "text":
        return str(target["text"] or target["measure"])
    period = f"每{target['period']}" if target["period"] else ""
    said = f"{target['subject']}{target['measure']}{period}{OPERATORS[target['operator']]}"
    return f"{said} {number_text(target['value'])}{target['unit']}"


def notes(rows: Iterable[Update | Comment | Evidence], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """办理记录, each with the names of who acted and for whom."""
    return [{"row": row, "by": names.get(row.by, ""), "acting_for": names.get(row.acting_for, "")} for row in rows]


@dataclass(frozen=True, slots=True)
class Happening:
    """一条历史: what happened in one sentence, who did it, and the ledger entry with its proof."""

    sentence: str
    by: str
    acting_for: str
    entry: ledger.Entry


def history_of(detail: Detail) -> list[Happening]:
    """任务历史, from the ledger: of the task and of all that belongs to it, newest first."""
    rows = (*detail.assignments, *detail.targets, *detail.cadences, *detail.updates, *detail.comments, *detail.evidence)
    entries = ledger.history(detail.task, *rows)[:HISTORY_SHOWN]
    ids = {actor for entry in entries for actor in (entry.actor, entry.acting_for) if actor}
    names = organisation.display_names(ids | {f"person:{p}" for e in entries if (p := e.payload.get("person_id"))})
    units = {row.pk: row.name for row in detail.assignments}
    return [
        Happening(
            sentence(entry.kind, entry.payload, names, units),
            names.get(entry.actor, ""),
            names.get(entry.acting_for, ""),
            entry,
        )
        for entry in entries
    ]


def sentence(kind: str, payload: Mapping[str, Any], names: Mapping[str, str], units: Mapping[int, str]) -> str:
    """事件的一句话."""
    say = _SENTENCES.get(kind)
    return say(payload, names, units) if say else kind


_Say = Callable[[Mapping[str, Any], Mapping[str, str], Mapping[int, str]], str]


def _moved(payload: Mapping[str, Any], *_: Any) -> str:
    to = TaskState(payload["to"]).label
    if payload["step"] == "progress":
        return "开始办理" if payload["of"] != payload["to"] else "更新进度"
    label = STEPS[payload["step"]].label if payload["step"] in STEPS else "因方案修订撤销"
    return f"{label}，状态变为“{to}”"


def _assigned(payload: Mapping[str, Any], _names: Any, units: Mapping[int, str]) -> str:
    part = TaskUnit.Part(payload["role"]).label
    return f"确定{part}单位：{units.get(payload['assignment_id'], '')}"


def _handler(payload: Mapping[str, Any], names: Mapping[str, str], _units: Any) -> str:
    person = payload["person_id"]
    return f"指定承办人：{names.get(f'person:{person}', '')}" if person else "不再指定承办人"


def _changed(payload: Mapping[str, Any], *_: Any) -> str:
    fields = "、".join(FIELD_NAMES.get(name, name) for name in payload["fields"])
    return f"{'方案修订' if payload['revision_id'] else ''}变更：{fields}"


_FREQUENCIES = {"YEARLY": "年", "MONTHLY": "个月", "WEEKLY": "周", "DAILY": "天"}


def recurrence(rrule: str) -> str:
    """频次的说法: "FREQ=MONTHLY;INTERVAL=3" → "每 3 个月"; days of the month or week follow in brackets."""
    parts = dict(part.split("=", 1) for part in rrule.split(";") if "=" in part)
    unit = _FREQUENCIES.get(parts.get("FREQ", ""), "")
    interval = parts.get("INTERVAL", "1")
    every = f"每 {interval} {unit}" if interval != "1" else f"每{unit.removeprefix('个')}"
    days = [day for day in parts.get("BYMONTHDAY", "").split(",") if day]
    said = ["最后一天" if day == "-1" else f"{day} 日" for day in days]
    return f"{every}（{'、'.join(said)}）" if said else every


_SENTENCES: dict[str, _Say] = {
    "programme.task_opened": lambda *_: "任务立项",
    "programme.task_moved": _moved,
    "programme.task_progressed": lambda payload, *_: f"填报进展：{payload['percent']}%",
    "programme.task_changed": _changed,
    "programme.handler_assigned": _handler,
    "programme.unit_assigned": _assigned,
    "programme.target_set": lambda *_: "确定量化目标",
    "programme.cadence_set": lambda payload, *_: f"确定频次：{recurrence(payload['rrule'])}",
    "programme.evidence_added": lambda *_: "提交佐证材料",
    "programme.comment_added": lambda *_: "留言",
}


def finding_cards(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """疑点卡 of a running programme, with who decided."""
    rows = list(findings)
    names = organisation.display_names({row.decided_by for row in rows if row.decided_by})
    return [{"row": row, "by": names.get(row.decided_by, "")} for row in rows]


def lamp(task: Task) -> str:
    """状态标签的颜色: words stand beside it."""
    return {
        TaskState.WAITING: "secondary",
        TaskState.RUNNING: "blue",
        TaskState.PROPOSED: "yellow",
        TaskState.DONE: "green",
        TaskState.WITHDRAWN: "secondary",
    }[TaskState(task.state)]
