"""登记: which functions are tasks and which are periodic, as their modules declare them at import."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django_tasks import task as declare
from django_tasks.base import Task

ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Options:
    """作业方式: how often it is attempted, and whether the function commits its effect itself."""

    attempts: int
    long: bool


@dataclass(frozen=True, slots=True)
class Periodic:
    """定时作业: `function(at)` every `seconds`; `atomic` keeps the pass and its mark in one transaction."""

    name: str
    seconds: int
    function: Callable[[datetime], object]
    atomic: bool


_options: dict[str, Options] = {}
_periodic: dict[str, Periodic] = {}


def task(*, attempts: int = ATTEMPTS, long: bool = False) -> Callable[[Callable[..., Any]], Task[..., Any]]:
    """作业: makes a module-level function a task; its arguments are JSON values given by keyword.

    The function runs inside a transaction that also writes the done-mark, so its effect on the database happens
    once however often it is started. Work that lasts is declared `long`: the function then gets a `Run` first,
    works outside any transaction, and writes within `with run.commit():`, once.
    """

    def register(function: Callable[..., Any]) -> Task[..., Any]:
        made: Task[..., Any] = declare()(function)
        _options[made.module_path] = Options(attempts, long)
        return made

    return register


def options(path: str) -> Options:
    """作业方式 of a task by its path; the task's module has been imported."""
    return _options[path]


def every(
    seconds: int, *, name: str, atomic: bool = False
) -> Callable[[Callable[[datetime], object]], Callable[[datetime], object]]:
    """定时: `every(60, name="ledger.sequence")(function)`; `function(at)` then runs once per period.

    However many processes tick, one of them runs each pass; passes missed while nothing ran are made up by one.
    A pass that fails is tried again within a minute. `atomic` is for a pass that must not be lost when the
    process dies in it: its mark commits with its effect. Two functions with one name are an error.
    """
    if seconds < 1:
        raise ValueError("a period is at least one second")

    def register(function: Callable[[datetime], object]) -> Callable[[datetime], object]:
        known = _periodic.get(name)
        if known is not None and known.function is not function:
            raise ValueError(f"two periodic functions are called {name!r}")
        _periodic[name] = Periodic(name, seconds, function, atomic)
        return function

    return register


def periodic() -> list[Periodic]:
    """全部定时作业, in the order of their declaration."""
    return list(_periodic.values())
