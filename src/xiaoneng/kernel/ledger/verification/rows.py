"""核验业务行: every ledgered row is what its last event sealed, and every row that the ledger knows is there."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction

from xiaoneng.kernel.ledger import statements
from xiaoneng.kernel.ledger.digest import SALT, Definition, definitions
from xiaoneng.kernel.ledger.models import Ledgered
from xiaoneng.kernel.ledger.verification.report import Report

CHUNK = 500
IDS = "SELECT id, subject FROM ledger_event WHERE subject IN {}"
PLACES = "SELECT event_id, position FROM ledger_leaf WHERE event_id IN {}"
CONTENTS = "SELECT subject, id, content FROM ledger_event WHERE id IN {}"
SUBJECTS = "SELECT subject FROM ledger_event WHERE subject > %s GROUP BY subject ORDER BY subject LIMIT %s"
Last = dict[str, tuple[dict[str, Any], int | None]]


def ledgered_models() -> dict[str, type[Ledgered]]:
    """入账的表: every installed table that derives from `Ledgered`, by label."""
    return {
        model._meta.label_lower: model
        for model in apps.get_models()
        if issubclass(model, Ledgered) and not model._meta.proxy
    }


def check(report: Report) -> None:
    tables = ledgered_models()
    for model in tables.values():
        _check_table(report, model)
    _check_absent(report, tables)


def _check_table(report: Report, model: type[Ledgered]) -> None:
    """Rows that were edited or inserted behind the ledger's back."""
    attributes = sorted({name for each in definitions(model) for name in each.attributes})
    query = model._base_manager.order_by("pk").values_list("pk", SALT, *attributes)
    rows = list(query[:CHUNK])
    while rows:
        last = last_events(f"{model._meta.label_lower}:{row[0]}" for row in rows)
        for row in rows:
            report.rows += 1
            if _fault(model, attributes, row, last):
                _confirm(report, model, attributes, row[0])
        rows = list(query.filter(pk__gt=rows[-1][0])[:CHUNK])


def _confirm(report: Report, model: type[Ledgered], attributes: Sequence[str], pk: Any) -> None:
    """Look again at row and event in one snapshot: the row may have been changed properly in between."""
    with transaction.atomic():
        _one_snapshot()
        row = model._base_manager.filter(pk=pk).values_list("pk", SALT, *attributes).first()
        subject = f"{model._meta.label_lower}:{pk}"
        fault = _fault(model, attributes, row, last_events([subject])) if row else ""
    if fault:
        report.add("row", subject, fault)


def _fault(model: type[Ledgered], attributes: Sequence[str], row: Sequence[Any], last: Last) -> str:
    """What is wrong with a row, in a Chinese sentence; empty when nothing is."""
    label, pk, salt, values = model._meta.label_lower, row[0], row[1], dict(zip(attributes, row[2:], strict=True))
    entry, position = last.get(f"{label}:{pk}", (None, None))
    if entry is None:
        return f"{label} 的第 {pk} 行没有任何记账：绕过台账插入。"
    where = f"最后一次记账（{'位置 ' + str(position) if position is not None else '尚未编入'}，{entry.get('at')}）"
    if entry.get("retired"):
        return f"{label} 的第 {pk} 行已销账却仍然存在：{where}之后被重新插入。"
    for definition in definitions(model):
        if definition.tag == entry.get("fields"):
            return (
                ""
                if _digest(definition, pk, salt, values) == entry.get("digest")
                else (f"{label} 的第 {pk} 行与{where}不符：绕过台账被改动。")
            )
    return f"{label} 的第 {pk} 行按已废止的口径封存，无法复核：请在 ledger_fields_before 中补上旧口径。"


def _digest(definition: Definition, pk: Any, salt: Any, values: dict[str, Any]) -> str:
    return definition.of_text(salt, definition.text(pk, values.__getitem__))


def _check_absent(report: Report, tables: dict[str, type[Ledgered]]) -> None:
    """Rows that were deleted behind the ledger's back."""
    after = ""
    while True:
        subjects = [subject for (subject,) in statements.select(SUBJECTS, [after, CHUNK])]
        if not subjects:
            return
        after = subjects[-1]
        wanted: dict[str, list[str]] = defaultdict(list)
        for subject in subjects:
            label, _, pk = subject.partition(":")
            wanted[label].append(pk)
        for label, pks in wanted.items():
            if label in tables:
                _report_absent(report, tables[label], pks)
            else:
                report.add("table", label, f"台账中有 {label} 的记账，而系统中没有这张表。")


def _report_absent(report: Report, model: type[Ledgered], pks: Sequence[str]) -> None:
    missing = set(pks) - _present(model, pks)
    if not missing:
        return
    label = model._meta.label_lower
    with transaction.atomic():
        _one_snapshot()
        missing -= _present(model, list(missing))
        last = last_events(f"{label}:{pk}" for pk in missing)
    for pk in sorted(missing):
        entry, position = last[f"{label}:{pk}"]
        if not entry.get("retired"):
            where = f"位置 {position}" if position is not None else "尚未编入"
            report.add(
                "row",
                f"{label}:{pk}",
                f"{label} 的第 {pk} 行被绕过台账删除（最后一次记账：{where}，{entry.get('at')}）。",
            )


def _present(model: type[Ledgered], pks: Sequence[str]) -> set[str]:
    field: models.Field[Any, Any] = model._meta.pk
    keys = []
    for pk in pks:
        try:
            keys.append(field.to_python(pk))
        except ValidationError:  # an event for a row that cannot exist: its absence is the finding
            continue
    return {str(pk) for pk in model._base_manager.filter(pk__in=keys).values_list("pk", flat=True)}


def last_events(subjects: Iterable[str]) -> Last:
    """最后一次记账: of each subject that has one: the event's members and its position.

    The last is the one with the highest place in the tree, for ids prove nothing; what has no place yet comes after.
    """
    subject_of = dict(statements.select_in(IDS, subjects))
    places = dict(statements.select_in(PLACES, subject_of))
    newest: dict[str, tuple[bool, int, int]] = {}
    for number, subject in subject_of.items():
        rank = (number not in places, places.get(number, 0), number)
        newest[subject] = max(rank, newest.get(subject, rank))
    chosen = statements.select_in(CONTENTS, (number for _, _, number in newest.values()))
    return {subject: (json.loads(content), places.get(number)) for subject, number, content in chosen}


def _one_snapshot() -> None:
    """SQLite's transactions are IMMEDIATE: nobody writes meanwhile. PostgreSQL has to be asked."""
    if connection.vendor == "postgresql" and not connection.savepoint_ids:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
