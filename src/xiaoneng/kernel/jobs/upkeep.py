"""数据库保养: what PostgreSQL does by itself and SQLite does when asked."""

from __future__ import annotations

from datetime import datetime

from django.db import connection


def refresh_statistics(_at: datetime) -> None:
    """更新统计: from which SQLite chooses its indexes; a sample of each, so that it costs the same at any size."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit = 1000")
            cursor.execute("ANALYZE")
