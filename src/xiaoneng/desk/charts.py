"""图表: progress by action as a stacked bar chart; each chart is also a table."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from xiaoneng.desk.queries import ActionProgress
from xiaoneng.programme.api import TaskState
from xiaoneng.ui import api as ui

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
