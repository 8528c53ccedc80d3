"""任务表: tasks as an Excel workbook, written row by row in bounded memory."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font

from xiaoneng.foundation.refusals import Refused
from xiaoneng.programme.importing.difference import target_sentence
from xiaoneng.programme.models import Programme, Target, Task, TaskUnit
from xiaoneng.programme.queries.board import with_units

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS = (
    ("序号", 6),
    ("行动", 18),
    ("举措", 24),
    ("任务", 40),
    ("工作举措", 50),
    ("目标要求", 36),
    ("量化目标", 30),
    ("牵头单位", 20),
    ("配合单位", 20),
    ("承办人", 10),
    ("完成时限", 12),
    ("时限表述", 14),
    ("状态", 10),
    ("进度（%）", 10),
)
LONGEST_CELL = 32_000


def task_workbook(programme: Programme, tasks: Iterable[Task], *, at: datetime) -> bytes:
    """任务表 of one programme: the tasks that were asked for, with a line on when it was made."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("任务")
    sheet.freeze_panes = "A3"
    for index, (_, width) in enumerate(COLUMNS):
        sheet.column_dimensions[chr(ord("A") + index)].width = width
    made = f"{programme.title}　导出时间：{timezone.localtime(at):%Y-%m-%d %H:%M}"
    sheet.append([neutral(made)])
    sheet.append([_heading(sheet, name) for name, _ in COLUMNS])
    for task in tasks:
        sheet.append([_cell(sheet, value) for value in row_of(task)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def export_tasks(*, programme_id: int | None = None, at: datetime) -> bytes:
    """任务表 for whoever runs the server: of the programme named, else of the one started last.

    Raises `Refused` where there is none.
    """
    programmes = Programme.objects.order_by("-started_at")
    found = programmes.first() if programme_id is None else programmes.filter(pk=programme_id).first()
    if found is None:
        raise Refused(
            "没有这个方案。" if programme_id else "还没有启动的方案。", remedy="请先导入方案：xiaoneng import 文件"
        )
    tasks = with_units(found.tasks.exclude(state=Task.State.WITHDRAWN).order_by("number"))
    return task_workbook(found, tasks.prefetch_related("targets").iterator(chunk_size=1000), at=at)


def row_of(task: Task) -> tuple[Any, ...]:
    """任务的一行, in the order of `COLUMNS`; the task comes with its units and targets."""
    assignments = list(task.assignments.all())
    return (
        task.number,
        task.action.title if task.action else "",
        str(task.measure) if task.measure else "",
        task.title,
        task.steps,
        task.target,
        "\n".join(_target(row) for row in task.targets.all()),
        _units(assignments, TaskUnit.Part.LEAD) + ("等" if task.others else ""),
        _units(assignments, TaskUnit.Part.SUPPORT),
        str(task.handler) if task.handler else "",
        task.deadline,
        task.deadline_text,
        task.get_state_display(),
        task.progress,
    )


def neutral(value: Any) -> Any:
    """无害的单元格: text that a spreadsheet would take for a formula gets an apostrophe before it."""
    if not isinstance(value, str):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST_CELL]
    return f"'{text}" if text.lstrip()[:1] in ("=", "+", "-", "@") or text[:1] in ("\t", "\r") else text


def _target(row: Target) -> str:
    if row.operator == "text":
        return row.text
    said = {name: getattr(row, name) for name in ("subject", "measure", "operator", "value", "unit", "period")}
    return target_sentence(said)


def _units(assignments: Iterable[TaskUnit], part: str) -> str:
    return "、".join(row.name for row in assignments if row.part == part)


def _heading(sheet: Any, name: str) -> Any:
    cell = WriteOnlyCell(sheet, value=name)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: Any, value: Any) -> Any:
    cell = WriteOnlyCell(sheet, value=neutral(value))
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    return cell
