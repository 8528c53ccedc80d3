"""就绪: the site says that it is healthy only when a request would be served at full speed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

_ready: set[str] = set()


def warm_up(application: Callable[..., Any]) -> None:
    """预热: load routes, templates and the database connection by one real request to the sign-in page."""
    environ = RequestFactory(SERVER_NAME="localhost").get("/accounts/login/").environ
    status: list[str] = []
    body = application(environ, lambda line, *_: status.append(line))
    for _ in body:
        pass
    if hasattr(body, "close"):
        body.close()
    if status and not status[0].startswith("5"):
        _ready.add("warm")


@never_cache
@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """就绪检查: 200 when warm, migrated and the database answers; else 503 with the reason."""
    problem = _problem()
    return HttpResponse(problem or "ok", status=503 if problem else 200, content_type="text/plain; charset=utf-8")


def _problem() -> str:
    if "warm" not in _ready:
        return "warming up"
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        if "migrated" not in _ready:
            executor = MigrationExecutor(connection)
            if executor.migration_plan(executor.loader.graph.leaf_nodes()):
                return "migrations pending"
            _ready.add("migrated")
    except Exception:
        return "database unavailable"
    return ""
