"""立项: tasks of a reading become rows, with their units, targets and cadences, in few statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from xiaoneng.events import Fact
from xiaoneng.events import programme as facts
from xiaoneng.foundation.actors import Actor
from xiaoneng.kernel.ledger import api as ledger
from xiaoneng.kernel.organisation.api import Unit
from xiaoneng.programme.importing.structure import MeasureKey, Structure
from xiaoneng.programme.models import Action, Cadence, Measure, Programme, Target, Task, TaskUnit, UnitGroup
from xiaoneng.programme.queries.calendar import rule

Names = Mapping[str, Unit | UnitGroup]


class Opening:
    """立项 within one programme and one transaction."""

    def __init__(self, programme: Programme, units: Names, structure: Structure, *, actor: Actor, at: datetime) -> None:
        self.programme = programme
        self.units = units
        self.structure = structure
        self.actor = actor
        self.at = at
        self.actions = self._make_actions()
        self.measures = self._make_measures()

    def open(self, tasks: Sequence[Mapping[str, Any]]) -> dict[int, Task]:
        """立项: the rows by their number in the reading."""
        rows = [self._task(task) for task in tasks]
        Task.objects.bulk_create(rows, batch_size=500)
        self._record((_opened(row), row) for row in rows)
        opened = {row.number: row for row in rows}
        self.assign([made for task in tasks for made in self.assignments(task, opened[task["number"]])])
        return opened

    def place(self, number: int) -> tuple[Action | None, Measure | None]:
        """任务所在的行动与举措."""
        action, measure = self.structure.of[number]
        return self.actions.get(action), self.measures[measure] if measure else None

    def assignments(self, task: Mapping[str, Any], row: Task) -> list[TaskUnit]:
        """责任单位 of one task, not yet saved; a unit that two names stand for is assigned once."""
        made: dict[tuple[int | None, int | None], TaskUnit] = {}
        for part, names in ((TaskUnit.Part.LEAD, task["lead_units"]), (TaskUnit.Part.SUPPORT, task["support_units"])):
            for order, name in enumerate(names):
                meant = self.units[name]
                unit, group = (None, meant) if isinstance(meant, UnitGroup) else (meant, None)
                key = (unit.pk if unit else None, group.pk if group else None)
                made.setdefault(
                    key, TaskUnit(task=row, part=part, unit=unit, group=group, name=name[:100], order=order)
                )
        return list(made.values())

    def assign(self, rows: Sequence[TaskUnit]) -> None:
        """确定责任单位."""
        TaskUnit.objects.bulk_create(rows, batch_size=500)
        self._record(
            (facts.UnitAssigned(row.task_id, row.pk, row.part, row.unit_id, row.group_id), row) for row in rows
        )

    def add_targets(self, reading: Mapping[str, Any], tasks: Mapping[int, Task | None]) -> None:
        """确定目标 of these tasks (0: of the programme)."""
        rows = [
            target_row(self.programme, tasks[target["task"]], target)
            for target in reading["targets"]
            if target["task"] in tasks
        ]
        Target.objects.bulk_create(rows, batch_size=500)
        self._record((target_fact(row), row) for row in rows)

    def add_cadences(self, reading: Mapping[str, Any], tasks: Mapping[int, Task | None]) -> None:
        """确定频次 of these tasks (0: of the programme), counted from the plan's date, else from today."""
        starts_on = self.programme.issued_on or timezone.localtime(self.at).date()
        rows = []
        for cadence in reading["cadences"]:
            if cadence["task"] not in tasks:
                continue
            rule(cadence["rrule"], starts_on)
            rows.append(
                Cadence(
                    programme=self.programme,
                    task=tasks[cadence["task"]],
                    text=cadence["text"][:200],
                    rrule=cadence["rrule"],
                    starts_on=starts_on,
                )
            )
        Cadence.objects.bulk_create(rows, batch_size=500)
        self._record((facts.CadenceSet(self.programme.pk, row.task_id, row.pk, row.rrule), row) for row in rows)

    def _record(self, pairs: Iterable[tuple[Fact, ledger.Ledgered | None]]) -> None:
        ledger.record_many(list(pairs), actor=self.actor, at=self.at)

    def _task(self, task: Mapping[str, Any]) -> Task:
        action, measure = self.place(task["number"])
        return Task(
            programme=self.programme,
            action=action,
            measure=measure,
            number=task["number"],
            opened_at=self.at,
            changed_at=self.at,
            **task_values(task),
        )

    def _make_actions(self) -> dict[str, Action]:
        known = {row.title: row for row in self.programme.actions.all()}
        new = [
            Action(programme=self.programme, title=title, order=order)
            for order, title in enumerate(self.structure.actions, start=len(known) + 1)
            if title not in known
        ]
        return known | {row.title: row for row in Action.objects.bulk_create(new)}

    def _make_measures(self) -> dict[MeasureKey, Measure]:
        known = {
            (row.action.title if row.action else "", row.number, row.title): row
            for row in self.programme.measures.select_related("action")
        }
        new = [
            Measure(programme=self.programme, action=self.actions.get(key[0]), number=key[1], title=key[2], order=order)
            for order, key in enumerate(self.structure.measures, start=len(known) + 1)
            if key not in known
        ]
        created = Measure.objects.bulk_create(new)
        return known | {(row.action.title if row.action else "", row.number, row.title): row for row in created}


def task_values(task: Mapping[str, Any]) -> dict[str, Any]:
    """任务的字段 as a reading has them."""
    return {
        "path": list(task["path"]),
        "title": task["task"],
        "steps": task["steps"],
        "target": task["target"],
        "text": task["text"],
        "deadline": day(task["deadline"]),
        "deadline_text": (task["deadline_text"] or "")[:200],
        "joint": task["joint"],
        "others": task["others"],
        "line": task["line"],
    }


def _opened(row: Task) -> facts.TaskOpened:
    return facts.TaskOpened(row.programme_id, row.pk, row.number, row.deadline.isoformat() if row.deadline else "")


def target_row(programme: Programme, task: Task | None, target: Mapping[str, Any]) -> Target:
    """目标 as a row, not yet saved."""
    value = None if target["value"] is None else Decimal(str(target["value"])).quantize(Decimal("0.0001"))
    return Target(
        programme=programme,
        task=task,
        subject=target["subject"][:200],
        measure=target["measure"][:200],
        operator=target["operator"] if value is not None else "text",
        value=value,
        unit=target["unit"][:20],
        period=target["period"],
        text=target["text"],
    )


def target_fact(row: Target) -> facts.TargetSet:
    """目标确定 of a saved row."""
    value = "" if row.value is None else format(row.value.normalize(), "f")
    return facts.TargetSet(row.programme_id, row.task_id, row.pk, row.operator, value)


def day(text: str | None) -> date | None:
    """日期 from ISO text; None for silence."""
    return date.fromisoformat(text) if text else None
