"""数据表: no foreign key between actions, and no table or label that names its action."""

from __future__ import annotations

from collections.abc import Iterable

from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

ACTIONS = ("lawful_duty", "efficiency", "incentive", "discipline")


def action_of(python_module: str) -> str | None:
    parts = python_module.split(".")
    return parts[1] if len(parts) > 1 and parts[0] == "xiaoneng" and parts[1] in ACTIONS else None


def crossings(tables: Iterable[type[models.Model]]) -> list[str]:
    """Relations that tie one action's table to another action's, or a lower floor's table to an action's."""
    found = []
    for table in tables:
        for field in table._meta.get_fields():
            if not isinstance(field, models.ForeignKey | models.ManyToManyField):
                continue
            other = field.related_model
            if not isinstance(other, type):
                continue
            target = action_of(other.__module__)
            if target is not None and target != action_of(table.__module__):
                found.append(f"{table.__name__}.{field.name} → {other.__name__}")
    return found


def test_no_foreign_key_crosses_actions() -> None:
    assert crossings(apps.get_models()) == []


def test_labels_and_tables_do_not_name_their_action() -> None:
    for config in apps.get_app_configs():
        if not config.name.startswith("xiaoneng."):
            continue
        for action in ACTIONS:
            assert action not in config.label
            for table in config.get_models():
                assert action not in table._meta.db_table


@isolate_apps("django.contrib.sessions")
def test_a_planted_crossing_is_found() -> None:
    class Honour(models.Model):
        __module__ = "xiaoneng.incentive.honours.models"

        class Meta:
            app_label = "sessions"

    class Penalty(models.Model):
        __module__ = "xiaoneng.discipline.accountability.models"
        honour = models.ForeignKey(Honour, on_delete=models.PROTECT)

        class Meta:
            app_label = "sessions"

    assert crossings([Honour, Penalty]) == ["Penalty.honour → Honour"]
