"""导入稿的修改: people's corrections of a reading, each a pure step from one reading to the next."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from xiaoneng.foundation.refusals import Refused
from xiaoneng.programme.domain import OPERATORS, PERIODS

Reading = dict[str, Any]
Pointer = list[Any]

# What a correction may touch: the wording of tasks, and the names of what stands above them.
_WORDS = ("task", "steps", "target", "text", "deadline_text")
_NAMES = ("action", "measure")
_UNITS = ("lead_units", "support_units")
_LIMITS = {"task": 2000, "steps": 20000, "target": 20000, "deadline_text": 200, "action": 300, "measure": 300}
_SAID = ("subject", "measure", "value", "text")
_SEPARATORS = re.compile(r"[、，,；;\n]+")
MOST_UNITS = 200
LONGEST_NAME = 100


def task_of(reading: Reading, number: int) -> dict[str, Any]:
    """草稿中的任务; raises `Refused` where there is none."""
    for task in reading["tasks"]:
        if task["number"] == number:
            return task  # type: ignore[no-any-return]
    raise Refused(f"导入稿中没有第 {number} 项任务。", remedy="请刷新页面后再试。")


def edit_task(reading: Reading, number: int, values: Mapping[str, Any]) -> Reading:
    """修改任务: wording, units ("综合一处、综合二处"), deadline (ISO or empty), whether it is left out (`skip`).

    Raises `Refused` for an empty task, a date that does not exist, or text beyond its limit.
    """
    edited = copy.deepcopy(reading)
    task = task_of(edited, number)
    for name, limit in _LIMITS.items():
        if name in values:
            task[name] = _text(values[name], limit)
    if not task["task"]:
        raise Refused("任务不能为空。", remedy="不需要的任务请勾选“不导入”。")
    for name in _UNITS:
        if name in values:
            task[name] = split_units(str(values[name]))
    if "deadline" in values:
        task["deadline"] = _iso(values["deadline"])
    for name in ("joint", "skip"):
        if name in values:
            task[name] = bool(values[name])
    task["support_units"] = [name for name in task["support_units"] if name not in task["lead_units"]]
    task["units"] = [*task["lead_units"], *task["support_units"]]
    return edited


def split_units(text: str) -> list[str]:
    """单位名称, as a person lists them; raises `Refused` beyond the limits."""
    names = list(dict.fromkeys(name.strip() for name in _SEPARATORS.split(text) if name.strip()))
    if len(names) > MOST_UNITS or any(len(name) > LONGEST_NAME for name in names):
        raise Refused(f"一项任务最多 {MOST_UNITS} 个单位，每个名称不超过 {LONGEST_NAME} 个字。")
    return names


def edit_targets(reading: Reading, number: int, rows: Sequence[Mapping[str, str]]) -> Reading:
    """修改量化目标 of one task (0: of the whole plan): `rows` replaces them; a row without any word is dropped."""
    edited = copy.deepcopy(reading)
    if number:
        task_of(edited, number)
    others = [target for target in edited["targets"] if target["task"] != number]
    made = [proper_target(number, row) for row in rows if any(str(row.get(name) or "").strip() for name in _SAID)]
    edited["targets"] = sorted([*others, *made], key=lambda target: target["task"])
    return edited


def proper_target(number: int, row: Mapping[str, Any]) -> dict[str, Any]:
    """一个量化目标 from a form; raises `Refused` for a number that is none."""
    operator, period = str(row.get("operator") or "text"), str(row.get("period") or "").strip()
    if operator not in OPERATORS or period not in ("", *PERIODS):
        raise Refused("目标的要求或周期不在可选范围内。")
    text = str(row.get("value") or "").strip().removesuffix("%")
    value = _number(text) if text else None
    if operator != "text" and value is None:
        raise Refused("可量化的目标须填写数值。", remedy="无法量化的，请选“由人评判”。")
    return {
        "task": number,
        "subject": _text(row.get("subject"), 200),
        "measure": _text(row.get("measure"), 200),
        "operator": operator,
        "value": None if operator == "text" else value,
        "unit": _text(row.get("unit"), 20),
        "period": period,
        "text": _text(row.get("text"), 2000),
    }


def locate(reading: Reading, finding: Mapping[str, Any]) -> list[Pointer]:
    """疑点涉及的字段: where its excerpt stands in the reading.

    Wording and units of the task whose lines hold it; names of actions and measures wherever they hold it,
    because a merged cell says one thing for many tasks.
    """
    excerpt, line = str(finding["excerpt"]), int(finding["line"])
    if not excerpt:
        return []
    return [pointer for pointer, value in _words(reading, line) if may_replace(excerpt, value)]


def may_replace(excerpt: str, value: str) -> bool:
    """可否替换: a short excerpt that stands in a field twice ("高度重视…两月一高度") is left to a person."""
    count = value.count(excerpt)
    return count == 1 or (count > 1 and len(excerpt) >= 4)


def _words(reading: Reading, line: int) -> Iterator[tuple[Pointer, str]]:
    if reading.get("title"):
        yield ["title"], reading["title"]
    tasks = reading["tasks"]
    # Several tasks may stand in one line (a paragraph with several clauses): all of them are asked.
    begun = max((task["line"] for task in tasks if task["line"] <= line), default=0)
    for i, task in enumerate(tasks):
        for name in _NAMES:
            yield ["tasks", i, name], task.get(name) or ""
        if task["line"] != begun:
            continue
        for name in _WORDS:
            yield ["tasks", i, name], task.get(name) or ""
        for name in _UNITS:
            for j, unit in enumerate(task[name]):
                yield ["tasks", i, name, j], unit
        for kind in ("targets", "cadences"):
            for j, row in enumerate(reading[kind]):
                if row["task"] == task["number"]:
                    yield [kind, j, "text"], row["text"]
    for i, measure in enumerate(reading["measures"]):
        for name in ("title", "action"):
            yield ["measures", i, name], measure[name]


def decide(reading: Reading, index: int, decision: str, *, by: str, at: str) -> Reading:
    """处理疑点 `index`: accepted puts its suggestion into the fields, anything else takes it out again.

    What was replaced is kept beside the decision, so that a change of mind restores it unless the field has been
    edited since. Raises `Refused` for a finding that does not exist or has nothing to accept.
    """
    edited = copy.deepcopy(reading)
    if not 0 <= index < len(edited["findings"]):
        raise Refused("导入稿中没有这个疑点。", remedy="请刷新页面后再试。")
    finding = edited["findings"][index]
    for pointer, before, after in finding.pop("patches", []):
        if _get(edited, pointer) == after:
            _set(edited, pointer, before)
    if decision == "accepted" and finding["suggestion"]:
        patches = []
        for pointer in locate(edited, finding):
            before = _get(edited, pointer)
            after = before.replace(finding["excerpt"], finding["suggestion"])
            _set(edited, pointer, after)
            patches.append([pointer, before, after])
        finding["patches"] = patches
    finding["decision"] = decision
    finding["decided_by"], finding["decided_at"] = ("", "") if decision == "open" else (by, at)
    return edited


def decision_of(finding: Mapping[str, Any]) -> str:
    """疑点的处理: open until somebody decides."""
    return str(finding.get("decision") or "open")


def edit_header(reading: Reading, values: Mapping[str, str]) -> Reading:
    """修改标题、发文机关、文号、成文日期."""
    edited = copy.deepcopy(reading)
    for name, limit in {"title": 300, "issuer": 200, "document_number": 100}.items():
        if name in values:
            edited[name] = _text(values[name], limit) or None
    if "issued_on" in values:
        edited["issued_on"] = _iso(values["issued_on"])
    if not edited["title"]:
        raise Refused("方案标题不能为空。")
    return edited


def unit_names(reading: Mapping[str, Any]) -> list[str]:
    """要导入的任务所用的单位名称, each once, in order."""
    names = (name for task in reading["tasks"] if not task.get("skip") for name in task["units"])
    return list(dict.fromkeys(names))


def _get(reading: Reading, pointer: Pointer) -> Any:
    place: Any = reading
    try:
        for step in pointer:
            place = place[step]
    except (KeyError, IndexError, TypeError):
        return None
    return place


def _set(reading: Reading, pointer: Pointer, value: Any) -> None:
    place: Any = reading
    for step in pointer[:-1]:
        place = place[step]
    place[pointer[-1]] = value
    # `units` repeats lead and support units.
    if len(pointer) == 4 and pointer[2] in _UNITS:
        task = reading["tasks"][pointer[1]]
        task["units"] = list(dict.fromkeys([*task["lead_units"], *task["support_units"]]))


def _text(value: Any, limit: int) -> str:
    text = str(value or "").replace("\x00", "").strip()
    if len(text) > limit:
        raise Refused(f"文字过长：最多 {limit} 个字，现有 {len(text)} 个字。")
    return text


def _iso(value: Any) -> str | None:
    text = str(value or "").strip()
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise Refused(f"日期“{text[:20]}”无效。", remedy="请按 2026-06-30 的格式填写。") from error
    if not 1949 <= day.year <= 2200:
        raise Refused(f"日期“{text}”超出可用范围（1949 至 2200 年）。")
    return day.isoformat()


def _number(text: str) -> int | float:
    try:
        value = Decimal(text)
    except InvalidOperation as error:
        raise Refused(f"“{text[:20]}”不是数字。") from error
    if not value.is_finite() or abs(value) >= Decimal(10) ** 12 or value != round(value, 4):
        raise Refused(f"数值“{text[:20]}”超出范围：整数部分不超过 12 位，小数不超过 4 位。")
    return int(value) if value == value.to_integral_value() else float(value)
