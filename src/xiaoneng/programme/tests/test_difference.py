"""版本差异: properties."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from xiaoneng.programme.importing.difference import difference, kept
from xiaoneng.programme.testing import plan_reading, task_reading

WORDS = st.text("推进督查清理审批服务平台建设培训干部考核评议公开", min_size=2, max_size=12)
TASKS = st.lists(
    st.builds(
        lambda task, steps, lead, deadline: {"task": task, "steps": steps, "lead_units": lead, "deadline": deadline},
        WORDS,
        st.one_of(st.just(""), WORDS),
        st.lists(st.sampled_from(["综合一处", "综合二处", "督查室"]), max_size=2, unique=True),
        st.sampled_from([None, "2026-06-30"]),
    ),
    max_size=8,
)


def reading_of(rows: list[dict[str, Any]]) -> dict[str, Any]:
    tasks = [task_reading(n, **{**row, "text": ""}) for n, row in enumerate(rows, start=1)]
    return plan_reading(tasks=tasks, targets=[], cadences=[], findings=[])


@given(TASKS)
def test_a_reading_does_not_differ_from_itself(rows: list[dict[str, Any]]) -> None:
    reading = reading_of(rows)
    found = difference(reading, reading)
    assert not found
    assert [(pair.old, pair.new) for pair in found.pairs] == [(n, n) for n in range(1, len(rows) + 1)]


@given(TASKS, TASKS)
def test_every_task_is_accounted_for_once(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> None:
    found = difference(reading_of(old), reading_of(new))
    assert sorted([p.old for p in found.pairs] + [t["number"] for t in found.withdrawn]) == list(range(1, len(old) + 1))
    assert sorted([p.new for p in found.pairs] + [t["number"] for t in found.added]) == list(range(1, len(new) + 1))


@given(TASKS, TASKS)
def test_applying_the_difference_gives_the_new_reading(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> None:
    before, after = reading_of(old), reading_of(new)
    found = difference(before, after)
    was = {task["number"]: dict(task) for task in kept(before)}
    made = {}
    for pair in found.pairs:
        row = was[pair.old]
        for change in pair.changes:
            row[change.field] = change.after
        made[pair.new] = row
    made |= {task["number"]: task for task in found.added}
    wanted = {task["number"]: task for task in kept(after)}
    for number, task in wanted.items():
        for name in ("task", "steps", "lead_units", "deadline"):
            assert (made[number].get(name) or None) == (task.get(name) or None)
    assert made.keys() == wanted.keys()


@given(TASKS, st.randoms(use_true_random=False))
def test_another_order_is_no_change_of_wording(rows: list[dict[str, Any]], chance: random.Random) -> None:
    distinct = list({row["task"]: row for row in rows}.values())
    moved = list(distinct)
    chance.shuffle(moved)
    found = difference(reading_of(distinct), reading_of(moved))
    assert not found.added
    assert not found.withdrawn
    assert all({change.field for change in pair.changes} <= set() for pair in found.changed)


def test_a_reworded_task_is_the_same_task() -> None:
    old = reading_of([{"task": "推进审批服务平台建设"}, {"task": "加强干部培训考核"}])
    new = reading_of([{"task": "加强干部培训和考核"}, {"task": "全面推进审批服务平台建设"}])
    assert {(p.old, p.new) for p in difference(old, new).pairs} == {(1, 2), (2, 1)}


def test_the_header_differs_by_field() -> None:
    found = difference(plan_reading(), plan_reading(title="云溪市政府办公室提质增效行动方案"))
    assert [(c.field, c.label) for c in found.header] == [("title", "标题")]
