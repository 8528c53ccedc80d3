"""正文与附件: measures and items of the body that the annex leaves out, rows of the annex that the body does not know,
tasks without an office or without an aim that can be measured."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from xiaoneng.programme.reading.findings.matching import Matched, table_tasks
from xiaoneng.programme.reading.findings.text import Line, find_line, finding
from xiaoneng.programme.reading.numbering import mark_at
from xiaoneng.programme.reading.plan import Finding, Plan, Task

_SHOWN = 20
_DUTY = re.compile(r"负责|牵头|责任|承担|主办")
_CLAUSE = re.compile(
    r"(?:责任|牵头|负责|主办|承办|落实)(?:单位|部门|处室|科室|机构|主体)\s*[:：]"
    r"|[（(][^（）()]{2,200}(?:负责|牵头|分工|配合|指导)[^（）()]{0,12}[）)]\s*。?\s*$"
)
_NO_ONE_NAMED = 0.75
_FEW = 5


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
    yield from _bare_items(lines)


def _bare_items(lines: tuple[Line, ...]) -> Iterator[Finding]:
    """Items of the body without a clause of responsibility, where nearly all items beside them end with one."""
    body = tuple(itertools.takewhile(lambda line: not re.match(r"附\s*件", line.text.strip()), lines))
    lines = tuple(line for line in body if not line.cell)
    named = {line.number for line in lines if _CLAUSE.search(line.text)}
    groups = [g for g in _siblings(lines) if any(named.intersection(item) for item in g)]
    total = sum(map(len, groups))
    bare = [item for g in groups for item in g if not named.intersection(item)]
    if total < _FEW or len(bare) > (1 - _NO_ONE_NAMED) * total:
        return
    texts = {line.number: line.text for line in lines}
    for item in bare:
        own = "".join(texts[number] for number in item)
        if not _DUTY.search(own):
            text = texts[item.start]
            mark = mark_at(text)
            excerpt = re.split(r"[。：:；;]", text[mark.end if mark else 0 :].strip())[0][:_SHOWN]
            message = "同级各条都写明责任单位，这一条没有。"
            yield finding("task-without-office", "warning", item.start, excerpt, message)


def _siblings(lines: tuple[Line, ...]) -> list[list[range]]:
    """The numbered items that hold no others, grouped under their headings, each as its range of source lines."""
    marked = [(line.number, mark) for line in lines if not line.cell and (mark := mark_at(line.text)) is not None]
    groups: dict[tuple[int, ...], list[range]] = {}
    above: list[tuple[int, int]] = []
    end = max((line.number for line in lines), default=0) + 1
    for k, (number, mark) in enumerate(marked):
        while above and above[-1][1] >= mark.rank:
            above.pop()
        following = marked[k + 1] if k + 1 < len(marked) else None
        if following is None or following[1].rank <= mark.rank:
            stop = following[0] if following else end
            groups.setdefault((mark.rank, *(n for n, _ in above)), []).append(range(number, stop))
        above.append((number, mark.rank))
    return list(groups.values())


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
