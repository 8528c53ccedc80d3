"""只增不改: triggers by which the database itself refuses to change or delete what the ledger wrote.

Django's `flush` (the teardown of transactional tests) deletes rows, so it is refused too; the test-only application
`xiaoneng.kernel.ledger.tests.specimens` has a `flush` of its own that lifts the guards around it.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = ("event", "leaf", "node", "signingkey", "head", "cosignature", "segment", "verification")
MESSAGE = "台账只能追加，不能修改或删除"


def install(connection: BaseDatabaseWrapper) -> None:
    """设防: create the triggers."""
    _run(connection, _create_postgresql() if connection.vendor == "postgresql" else _create_sqlite())


def lift(connection: BaseDatabaseWrapper) -> None:
    """撤防: drop the triggers."""
    _run(connection, _drop_postgresql() if connection.vendor == "postgresql" else _drop_sqlite())


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """缺失的防护: names of the triggers that should be in the database and are not, or are switched off."""
    if connection.vendor == "postgresql":
        query = "SELECT tgname FROM pg_trigger WHERE tgname LIKE 'ledger_%%' AND tgenabled <> 'D'"
        wanted = [f"ledger_{table}_append_only" for table in TABLES]
    else:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'ledger_%%'"
        wanted = [f"ledger_{table}_no_{verb}" for table in TABLES for verb in ("update", "delete")]
    with connection.cursor() as cursor:
        cursor.execute(query, [])
        present = {name for (name,) in cursor.fetchall()}
    return [name for name in wanted if name not in present]


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _create_sqlite() -> list[str]:
    return [
        f"CREATE TRIGGER IF NOT EXISTS ledger_{table}_no_{verb} BEFORE {verb.upper()} ON ledger_{table} "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        for table in TABLES
        for verb in ("update", "delete")
    ]


def _drop_sqlite() -> list[str]:
    return [f"DROP TRIGGER IF EXISTS ledger_{table}_no_{verb}" for table in TABLES for verb in ("update", "delete")]


def _create_postgresql() -> list[str]:
    refuse = (
        "CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    return [refuse] + [
        f"CREATE OR REPLACE TRIGGER ledger_{table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_{table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()"
        for table in TABLES
    ]


def _drop_postgresql() -> list[str]:
    return [f"DROP TRIGGER IF EXISTS ledger_{table}_append_only ON ledger_{table}" for table in TABLES]
