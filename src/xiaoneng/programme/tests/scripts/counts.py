"""What stands in the database, as JSON; with --migrate after bringing it up to date."""

from __future__ import annotations

import json
import sys

import django
from django.core.management import call_command


def counts() -> str:
    from xiaoneng.kernel.ledger.api import Event
    from xiaoneng.kernel.organisation.api import Unit
    from xiaoneng.programme.models import ImportDraft, Programme, Revision, Task, TaskUnit

    found = {table.__name__: table.objects.count() for table in (Programme, Revision, Task, TaskUnit, Unit)}
    found["events"] = Event.objects.filter(kind__startswith="programme.").count()
    found["started drafts"] = ImportDraft.objects.filter(state="started").count()
    return json.dumps(found)


if __name__ == "__main__":
    django.setup()
    if "--migrate" in sys.argv:
        call_command("migrate", interactive=False, verbosity=0)
    print(counts())
