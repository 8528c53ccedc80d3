"""What stands in the database, as JSON; with --migrate after bringing it up to date."""

import json
import sys

from xiaoneng.commands import django_ready

django_ready(migrate="--migrate" in sys.argv)

from xiaoneng.kernel.ledger.api import Event  # noqa: E402
from xiaoneng.kernel.organisation.api import Unit  # noqa: E402
from xiaoneng.programme.models import ImportDraft, Programme, Revision, Task, TaskUnit  # noqa: E402

tables = (Programme, Revision, Task, TaskUnit, Unit)
found = {table.__name__: table.objects.count() for table in tables}
found["events"] = Event.objects.filter(kind__startswith="programme.").count()
found["open drafts"] = ImportDraft.objects.filter(state="open").count()
found["started drafts"] = ImportDraft.objects.filter(state="started").count()
print(json.dumps(found))
