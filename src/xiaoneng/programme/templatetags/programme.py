"""模板标签 of the programme's pages."""

from __future__ import annotations

from typing import Any

from django import template

from xiaoneng.programme.models import Task
from xiaoneng.programme.presentation import lamp

register = template.Library()


@register.filter
def is_list(value: Any) -> bool:
    """Whether a changed field holds several things."""
    return isinstance(value, list | tuple)


@register.filter
def lamp_of(task: Task) -> str:
    """The colour of a task's state; its word stands beside it."""
    return lamp(task)
