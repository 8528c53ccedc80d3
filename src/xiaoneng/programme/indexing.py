"""检索登记: tasks and documents are put into the index by whoever writes them, in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from xiaoneng.kernel.search import api as search
from xiaoneng.programme.models import Programme, Revision, Task

TASK = "programme.task"
PLAN = "programme.plan"


def index_tasks(tasks: Iterable[Task]) -> None:
    """登记任务."""
    search.index_many(
        search.Item(
            kind=TASK,
            object_id=task.pk,
            title=task.title,
            body="\n".join(filter(None, (task.steps, task.target, task.text, task.deadline_text))),
            url=reverse("programme:task", args=[task.pk]),
        )
        for task in tasks
    )


def forget_tasks(tasks: Iterable[Task]) -> None:
    """不再可检索: withdrawn tasks."""
    for task in tasks:
        search.remove(kind=TASK, object_id=task.pk)


def index_programme(programme: Programme, revision: Revision) -> None:
    """登记方案全文, as its newest document has it."""
    search.index(
        kind=PLAN,
        object_id=programme.pk,
        title=programme.title,
        body="\n".join(_text(row) for row in revision.lines),
        url=reverse("programme:document", args=[programme.pk, revision.number]),
    )


def _text(row: dict[str, object]) -> str:
    if "rows" not in row:
        return str(row["text"])
    rows: list[dict[str, list[dict[str, str]]]] = row["rows"]  # type: ignore[assignment]
    return "\n".join(cell["text"] for line in rows for cell in line["cells"])
