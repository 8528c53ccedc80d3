"""随程序的日历: the notices of the seeded calendar, as version 0."""

from __future__ import annotations

import json
from typing import Any

from django.db import migrations

from xiaoneng.foundation.worktime.seed import PATH


def fill(apps: Any, _schema_editor: Any) -> None:
    data = json.loads(PATH.read_text("utf-8"))
    shipped = apps.get_model("worktime", "ShippedNotice")
    for entry in data["notices"]:
        days = [[day, True, name] for day, name in entry["off"].items()]
        days += [[day, False, name] for day, name in entry["worked"].items()]
        shipped.objects.create(
            year=entry["year"],
            title=entry["title"],
            number=entry["number"],
            full=entry["full"],
            days=json.dumps(sorted(days), ensure_ascii=False, separators=(",", ":")),
        )


class Migration(migrations.Migration):
    dependencies = [("worktime", "0001_initial")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
