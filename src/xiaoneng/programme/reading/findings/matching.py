"""对应: which row of the annex table takes up which item of the body."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from xiaoneng.programme.reading.findings.text import Line
from xiaoneng.programme.reading.plan import Item, Measure, Plan, Task

_LIKE = 0.5
_SURE = 0.7
# No plan has more; without a bound every row would be compared with everything.
_MEASURES, _ROWS, _OF_ONE = 200, 3_000, 10_000
_FIRST = 400


@dataclass(frozen=True, slots=True)
class Matched:
    """对应结果: pairs of body item and table row; what stands alone on either side; measures without any row."""

    pairs: tuple[tuple[Measure, Item, Task], ...]
    items: tuple[tuple[Measure, Item], ...]
    tasks: tuple[Task, ...]
    measures: tuple[Measure, ...]


def table_tasks(lines: tuple[Line, ...], plan: Plan) -> tuple[Task, ...]:
    """表中任务: the tasks that are rows of a table, also of one that came as one cell per line."""
    cells = {line.number for line in lines if line.cell}
    start = next((line.number for line in lines if not line.cell and line.text.strip() in ("序号", "编号")), None)
    return tuple(
        t for t in plan.tasks if t.steps or t.target or t.line in cells or (start is not None and t.line > start)
    )


def match(lines: tuple[Line, ...], plan: Plan) -> Matched | None:
    """None where the plan has no body of measures beside its table."""
    rows = [t for t in table_tasks(lines, plan) if t.measure]
    if not rows or not 2 <= len(plan.measures) <= _MEASURES or len(rows) > _ROWS:
        return None
    by_measure: dict[int, list[Task]] = defaultdict(list)
    meant = {name: _measure_of(*name, plan.measures) for name in {(t.measure, t.measure_number) for t in rows}}
    for task in rows:
        if measure := meant[task.measure, task.measure_number]:
            by_measure[measure.number].append(task)
    if len(by_measure) * 2 < len(plan.measures):
        return None
    pairs: list[tuple[Measure, Item, Task]] = []
    left_items: list[tuple[Measure, Item]] = []
    left_tasks = [t for t in rows if meant[t.measure, t.measure_number] is None]
    for measure in plan.measures:
        tasks = by_measure[measure.number]
        if not tasks:
            continue
        if len(measure.items) * len(tasks) > _OF_ONE:
            continue
        if len(measure.items) <= 1:
            pairs += [(measure, i, t) for i in measure.items for t in tasks if len(tasks) == 1]
            continue
        scored = sorted(
            (
                (likeness(t.task, f"{i.heading} {i.text}"[:_FIRST]), a, b)
                for a, i in enumerate(measure.items)
                for b, t in enumerate(tasks)
            ),
            key=lambda s: (-s[0], s[1], s[2]),
        )
        if len(tasks) == 1 and scored[0][0] < _SURE:
            # One row for the whole measure.
            continue
        items, own = dict(enumerate(measure.items)), dict(enumerate(tasks))
        for score, a, b in scored:
            if score >= _LIKE and a in items and b in own:
                pairs.append((measure, items.pop(a), own.pop(b)))
        # A second row may take up an item that another has taken up already.
        left_items += [(measure, i) for i in items.values()]
        left_tasks += [
            t
            for t in own.values()
            if not any(likeness(t.task, f"{i.heading} {i.text}"[:_FIRST]) >= _LIKE for i in measure.items)
        ]
    empty = tuple(m for m in plan.measures if not by_measure[m.number])
    return Matched(tuple(pairs), tuple(left_items), tuple(left_tasks), empty)


def _measure_of(title: str, number: int, measures: tuple[Measure, ...]) -> Measure | None:
    by_title = next((m for m in measures if m.title == title), None)
    if by_title is not None:
        return by_title
    scored = [(similarity(m.title, title) + 0.3 * (m.number == number), m) for m in measures]
    score, best = max(scored, key=lambda s: s[0])
    return best if score >= 0.6 else None


@lru_cache(maxsize=4096)
def _pairs(text: str) -> frozenset[str]:
    words = re.sub(r"[^一-龥A-Za-z0-9]", "", text)
    return frozenset(map(str.__add__, words, words[1:]))


def likeness(short: str, long: str) -> float:
    """How much of the shorter wording's pairs of characters the longer one holds, 0 to 1."""
    small = _pairs(short)
    return len(small & _pairs(long)) / len(small) if small else 0.0


def similarity(one: str, two: str) -> float:
    return SequenceMatcher(None, one, two, autojunk=False).ratio()
