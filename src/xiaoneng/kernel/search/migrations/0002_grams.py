"""The index itself: each database has its own."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

CREATE = {
    "sqlite": (
        "CREATE VIRTUAL TABLE search_gram"
        " USING fts5(title, body, content='', tokenize='ascii', prefix='5', columnsize=0)",
    ),
    "postgresql": (
        "ALTER TABLE search_entry ADD COLUMN title_grams text[], ADD COLUMN grams text[]",
        "CREATE INDEX search_entry_title_grams ON search_entry USING gin (title_grams)",
        "CREATE INDEX search_entry_grams ON search_entry USING gin (grams)",
    ),
}
DROP = {
    "sqlite": ("DROP TABLE search_gram",),
    "postgresql": ("ALTER TABLE search_entry DROP COLUMN title_grams, DROP COLUMN grams",),
}


def create(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
