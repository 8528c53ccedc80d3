"""Two kinds to search among, over tables that stand in every database, each with a rule of visibility."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet

from xiaoneng.kernel.search import registry


@dataclass(frozen=True)
class Viewer:
    """A person who sees only these ids; None: all."""

    ids: frozenset[int] | None = None
    asked: list[str] = field(default_factory=list)


EVERYBODY = Viewer()


def objects(viewer: Viewer) -> QuerySet[Any]:
    rows = ContentType.objects.all()
    return rows if viewer.ids is None else rows.filter(pk__in=viewer.ids)


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    known = dict(registry._kinds)
    registry._kinds.clear()
    registry.register("thing", visible=objects, label="事项")
    registry.register("paper", visible=objects, label="文件")
    yield
    registry._kinds.clear()
    registry._kinds.update(known)


@pytest.fixture
def ids(db: None) -> list[int]:
    ContentType.objects.bulk_create(ContentType(app_label="wanted", model=f"thing{n}") for n in range(20))
    return list(ContentType.objects.filter(app_label="wanted").order_by("pk").values_list("pk", flat=True))
