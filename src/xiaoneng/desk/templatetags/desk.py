"""模板标签: lights, units and names of days."""

from __future__ import annotations

from datetime import date

from django import template
from django.utils import timezone

from xiaoneng.desk.domain import Light, light
from xiaoneng.foundation.worktime import weekday_name
from xiaoneng.programme.api import OPEN_STATES, Task, TaskState, TaskUnit

register = template.Library()

TONES = {
    TaskState.WAITING: "secondary",
    TaskState.RUNNING: "blue",
    TaskState.PROPOSED: "yellow",
    TaskState.DONE: "green",
    TaskState.WITHDRAWN: "secondary",
}


@register.simple_tag
def light_of(task: Task, today: date) -> Light | None:
    """{% light_of task today as lamp %}: None for a task that is not open."""
    if task.state not in OPEN_STATES:
        return None
    opened_on = timezone.localtime(task.opened_at).date()
    return light(deadline=task.deadline, opened_on=opened_on, progress=task.progress, today=today)


@register.filter
def lead_units(task: Task) -> str:
    """牵头单位, as the plan names them."""
    return _units(task, TaskUnit.Part.LEAD)


@register.filter
def support_units(task: Task) -> str:
    return _units(task, TaskUnit.Part.SUPPORT)


def _units(task: Task, part: TaskUnit.Part) -> str:
    return "、".join(assignment.name for assignment in task.assignments.all() if assignment.part == part)


@register.filter
def tone(task: Task) -> str:
    """The badge's colour name for a task's state."""
    return TONES[TaskState(task.state)]


@register.filter
def weekday(day: date) -> str:
    return weekday_name(day)
