"""The planner's statistics are there after the tick, on the database that does not gather them by itself."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection

from xiaoneng.kernel.jobs import upkeep
from xiaoneng.kernel.jobs.registry import periodic


@pytest.mark.django_db
def test_statistics_are_gathered() -> None:
    upkeep.refresh_statistics(datetime.now(UTC))
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'django_migrations'")
            assert cursor.fetchone() == (1,)


def test_it_is_due_every_hour() -> None:
    declared = {item.name: item for item in periodic()}["jobs.statistics"]
    assert (declared.seconds, declared.function) == (3600, upkeep.refresh_statistics)
