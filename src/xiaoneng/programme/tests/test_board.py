from __future__ import annotations

from datetime import date

import pytest

from xiaoneng.kernel.organisation.testing import NOW, Office
from xiaoneng.programme.models import Programme, Task
from xiaoneng.programme.queries import Filters, board_tree, counts, office_tasks
from xiaoneng.programme.queries.board import COUNT_CAP, PAGE_SIZE
from xiaoneng.programme.testing import plan_reading, start_programme, task_reading


def numbers(office: Office, programme: Programme, filters: Filters) -> list[int]:
    return [task.number for task in board_tree(office.handler, programme, filters, at=NOW).tasks]


def test_the_tree_keeps_the_plans_order(office: Office, programme: Programme) -> None:
    board = board_tree(office.handler, programme, at=NOW)
    drawn = [
        (str(branch.action), [(str(stem.measure), [t.number for t in stem.tasks]) for stem in branch.stems])
        for branch in board.branches
    ]
    assert drawn == [
        ("(一)依法办事行动", [("1. 规范履职", [1, 2])]),
        ("(二)提速行动", [("2. 畅通渠道", [3, 4])]),
    ]
    assert board.after is None


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), [1, 2, 3, 4]),
        (Filters(state="waiting"), [1, 2, 3, 4]),
        (Filters(state="done"), []),
        (Filters(mine=True), [1, 3, 4]),
        (Filters(due="undated"), [2, 3, 4]),
        (Filters(due="overdue"), []),
        (Filters(due_from=date(2026, 6, 1), due_until=date(2026, 6, 30)), [1]),
        (Filters(due_until=date(2026, 5, 31)), []),
    ],
)
def test_filters(office: Office, programme: Programme, filters: Filters, expected: list[int]) -> None:
    assert numbers(office, programme, filters) == expected


def test_an_office_is_found_in_its_groups_too(office: Office, programme: Programme) -> None:
    unit = office.units["综合三处"].pk
    assert numbers(office, programme, Filters(unit_ids=(unit,))) == [4]
    assert [task.number for task in office_tasks(office.handler, [unit], at=NOW)] == [4]


def test_overdue_counts_only_what_is_open(office: Office, programme: Programme) -> None:
    programme.tasks.filter(number__in=[1, 2]).update(deadline=date(2026, 1, 31))
    programme.tasks.filter(number=2).update(state=Task.State.DONE)
    assert numbers(office, programme, Filters(due="overdue")) == [1]
    assert str(counts(office.handler, programme, at=NOW).overdue) == "1"


def test_nothing_for_the_administrator(office: Office, programme: Programme) -> None:
    assert board_tree(office.admin, programme, at=NOW).tasks == []
    assert int(counts(office.admin, programme, at=NOW).total) == 0


def test_a_long_plan_comes_in_pages_and_capped_counts(office: Office) -> None:
    tasks = [task_reading(n, f"第 {n} 件实事", lead_units=["综合一处"]) for n in range(1, COUNT_CAP + 61)]
    programme = start_programme(plan_reading(tasks=tasks, targets=[], cadences=[]))
    seen, after = [], 0
    while True:
        board = board_tree(office.leader, programme, after=after, at=NOW)
        assert len(board.tasks) <= PAGE_SIZE
        seen += [task.number for task in board.tasks]
        if board.after is None:
            break
        after = board.after
    assert seen == list(range(1, COUNT_CAP + 61))
    assert str(counts(office.leader, programme, at=NOW).by_state["waiting"]) == f"{COUNT_CAP}+"
