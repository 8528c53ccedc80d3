"""数字与图表: tasks by state, and progress by action as a stacked bar chart that is also a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.urls import reverse

from xiaoneng.desk.queries import ActionProgress
from xiaoneng.programme.api import Counts, Programme, TaskState
from xiaoneng.ui import api as ui


class Figure(NamedTuple):
    """数字: a count and the board's address that shows what was counted; `number` reads "1000+" beyond a thousand."""

    label: str
    number: object
    url: str


def figures(counts: Counts, programme: Programme) -> list[Figure]:
    """各状态任务数, each leading to its tasks."""
    board = f"{reverse('desk:board')}?programme={programme.pk}"
    by_state = [
        Figure(str(TaskState(state).label), count, f"{board}&state={state}")
        for state, count in counts.by_state.items()
        if int(count) or state != TaskState.WITHDRAWN
    ]
    return [Figure("全部", counts.total, board), *by_state, Figure("逾期", counts.overdue, f"{board}&due=overdue")]


SHOWN = (TaskState.DONE, TaskState.PROPOSED, TaskState.RUNNING, TaskState.WAITING)


def by_action(progress: Sequence[ActionProgress]) -> ui.StackedBars:
    """各行动进度: one bar per action, one part per state; a bar leads to the action's tasks on the board."""
    board = reverse("desk:board")
    return ui.StackedBars(
        key="progress",
        title="各行动进度",
        unit="项",
        heading="行动",
        categories=[
            ui.Category(row.title, f"{board}?action={row.action.pk}" if row.action else board) for row in progress
        ],
        series=[
            ui.Series(str(state.label), tone, [row.by_state.get(state, 0) for row in progress])
            for state, tone in zip(SHOWN, ui.TONES, strict=True)
        ],
    )
