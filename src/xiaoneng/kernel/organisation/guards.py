"""数据库自卫: overlaps that no unique constraint can see, refused by the database itself.

Installed after every `migrate`, not once by a migration: SQLite drops a table's triggers when a later migration
rebuilds the table.
"""

# ruff: noqa: S608 - every statement is made of this file's own constants
from __future__ import annotations

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

_MEET = (
    "(o.valid_until IS NULL OR o.valid_until > NEW.valid_from)"
    " AND (NEW.valid_until IS NULL OR NEW.valid_until > o.valid_from)"
    " AND (o.valid_until IS NULL OR o.valid_until > o.valid_from)"
    " AND (NEW.valid_until IS NULL OR NEW.valid_until > NEW.valid_from)"
)
_SINGLE = "SELECT 1 FROM organisation_post p WHERE p.id = NEW.post_id AND p.single"
_PAIR = (
    "SELECT 1 FROM organisation_partners p WHERE p.valid_until IS NULL AND"
    " ((p.a_id = NEW.person_id AND p.b_id = o.person_id) OR (p.b_id = NEW.person_id AND p.a_id = o.person_id))"
)

# name → (table, what must not exist beside the new row, what is said)
RULES = {
    "one_main_appointment": (
        "organisation_appointment",
        f"SELECT 1 FROM organisation_appointment o WHERE o.id <> NEW.id AND o.person_id = NEW.person_id"
        f' AND o."primary" AND NEW."primary" AND {_MEET}',
        "同一时间只能有一个主要任职",
    ),
    "one_holder_of_a_single_post": (
        "organisation_appointment",
        f"SELECT 1 FROM organisation_appointment o WHERE o.id <> NEW.id AND o.post_id = NEW.post_id"
        f" AND EXISTS ({_SINGLE}) AND {_MEET}",
        "独任岗位同一时间只能由一人担任",
    ),
    "partners_not_both_away": (
        "organisation_leave",
        f"SELECT 1 FROM organisation_leave o WHERE o.id <> NEW.id AND o.starts_at < NEW.ends_at"
        f" AND NEW.starts_at < o.ends_at AND NEW.starts_at < NEW.ends_at AND o.starts_at < o.ends_at"
        f" AND (o.person_id = NEW.person_id OR EXISTS ({_PAIR}))",
        "本人或 AB 角在此期间已离岗",
    ),
}


def install(using: str = DEFAULT_DB_ALIAS, **_: Any) -> None:
    """设防: idempotent."""
    connection = connections[using]
    create = _postgresql if connection.vendor == "postgresql" else _sqlite
    with connection.cursor() as cursor:
        for name, rule in RULES.items():
            for statement in create(f"organisation_{name}", *rule):
                cursor.execute(statement)


def _sqlite(name: str, table: str, clash: str, message: str) -> list[str]:
    return [
        statement
        for verb in ("insert", "update")
        for statement in (
            f"DROP TRIGGER IF EXISTS {name}_{verb}",
            f"CREATE TRIGGER {name}_{verb} AFTER {verb.upper()} ON {table}"
            f" WHEN EXISTS ({clash}) BEGIN SELECT RAISE(ABORT, '{message}'); END",
        )
    ]


def _postgresql(name: str, table: str, clash: str, message: str) -> list[str]:
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF EXISTS ({clash}) THEN RAISE EXCEPTION '{message}' USING ERRCODE = 'exclusion_violation'; END IF;"
        f" RETURN NEW; END $$",
        f"CREATE OR REPLACE TRIGGER {name} AFTER INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]
