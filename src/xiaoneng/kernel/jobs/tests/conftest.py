from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection


@pytest.fixture
def effects(transactional_db: None) -> Iterator[None]:
    """A table for the effects of the test's jobs."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE jobs_test_effect (number integer NOT NULL)")
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE jobs_test_effect")
