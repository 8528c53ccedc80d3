"""正文与附件: measures and items of the body that the annex leaves out, rows of the annex that the body does not know,
tasks without an office or without an aim that can be measured."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xiaoneng.programme.reading.findings.matching import Matched, table_tasks
from xiaoneng.programme.reading.findings.text import Line, find_line, finding
from xiaoneng.programme.reading.plan import Finding, Plan, Task

_SHOWN = 20
_DUTY = re.compile(r"负责|牵头|责任|承担|主办")
_NO_ONE_NAMED = 0.75


def coverage(lines: tuple[Line, ...], plan: Plan, matched: Matched | None) -> Iterator[Finding]:
    if matched is not None:
        yield from _left_out(lines, matched)
    yield from _without_office(lines, plan)
    yield from _not_measurable(lines, plan)


def _left_out(lines: tuple[Line, ...], matched: Matched) -> Iterator[Finding]:
    for measure in matched.measures:
        number = find_line(lines, measure.title, measure.line)
        message = f"举措“{measure.title}”在附件分解表中没有任务。"
        yield finding("measure-without-task", "warning", number, measure.title, message)
    for measure, item in matched.items:
        name = item.heading or re.split(r"[，,。；;：:]", item.text)[0]
        excerpt = name[:_SHOWN]
        message = f"正文举措“{measure.title}”下的这一条，附件分解表没有对应的任务。"
        yield finding("measure-without-task", "notice", find_line(lines, excerpt, item.line), excerpt, message)
    for task in matched.tasks:
        excerpt = task.task[:_SHOWN]
        message = f"附件任务“{excerpt}”在正文举措“{task.measure}”中找不到对应的内容。"
        yield finding("task-without-measure", "notice", find_line(lines, excerpt, task.line), excerpt, message)


def _without_office(lines: tuple[Line, ...], plan: Plan) -> Iterator[Finding]:
    rows = table_tasks(lines, plan)
    without = [t for t in rows if not t.units and not t.others]
    if without and len(without) <= (1 - _NO_ONE_NAMED) * len(rows) + 1 and len(without) < len(rows):
        for task in without:
            excerpt = _name(task)
            yield finding(
                "task-without-office",
                "error",
                find_line(lines, excerpt, task.line),
                excerpt,
                f"任务“{excerpt}”没有写明责任单位。",
            )
    items = [(m, i) for m in plan.measures for i in m.items]
    bare = [(m, i) for m, i in items if not i.units and not i.others and not _DUTY.search(i.text)]
    if len(items) >= 4 and bare and len(bare) <= (1 - _NO_ONE_NAMED) * len(items):
        for _, item in bare:
            excerpt = (item.heading or item.text)[:_SHOWN]
            message = "同级各条都写明责任单位，这一条没有。"
            yield finding("task-without-office", "warning", find_line(lines, excerpt, item.line), excerpt, message)


def _name(task: Task) -> str:
    return (task.task or task.text or task.measure)[:_SHOWN]


def _not_measurable(lines: tuple[Line, ...], plan: Plan) -> Iterator[Finding]:
    """Only where a table states an aim for its tasks: row by row, an aim that can only be judged, or none."""
    rows = table_tasks(lines, plan)
    stated = [t for t in rows if t.target]
    if len(rows) < 3 or 2 * len(stated) < len(rows):
        return
    measured = {t.task for t in plan.targets if t.operator != "text"}
    for task in rows:
        if task.number in measured:
            continue
        if task.target:
            excerpt = re.split(r"[。；;]", task.target)[0][: 2 * _SHOWN]
            message = f"任务“{_name(task)}”的目标要求没有可以衡量的数值。"
            yield finding("target-not-measurable", "notice", find_line(lines, excerpt, task.line), excerpt, message)
        else:
            message = f"任务“{_name(task)}”没有写明目标要求。"
            yield finding(
                "target-not-measurable", "notice", find_line(lines, _name(task), task.line), _name(task), message
            )
