"""一台独立的系统: real processes on a database of their own, which may be killed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Site:
    """独立的系统 with its own data folder and database, brought up to date."""

    environment: Mapping[str, str]

    def begin(self, script: str, *arguments: str) -> subprocess.Popen[str]:
        """Start one of `scripts/` against this site."""
        return subprocess.Popen(
            [sys.executable, "-m", f"xiaoneng.programme.tests.scripts.{script}", *arguments],
            env=dict(self.environment),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, script: str, *arguments: str) -> tuple[int, str]:
        """Run one of `scripts/` to its end: exit status and output."""
        process = self.begin(script, *arguments)
        out, problem = process.communicate(timeout=120)
        return process.returncode, out if process.returncode in (0, -9) else out + problem


@contextmanager
def new_site(folder: Path) -> Iterator[Site]:
    """A site on the same kind of database as the suite runs on."""
    environment = {**os.environ, "XIAONENG_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "xiaoneng.settings"}
    with _database(settings.DATABASES["default"]) as url:
        environment["DATABASE_URL"] = url
        site = Site(environment)
        status, out = site.run("counts", "--migrate")
        assert status == 0, out
        yield site


@contextmanager
def _database(given: Mapping[str, Any]) -> Iterator[str]:
    if "sqlite" in given["ENGINE"]:
        yield ""
        return
    import psycopg

    name = f"xiaoneng_site_{uuid4().hex[:8]}"
    address = {"host": given["HOST"], "port": given["PORT"], "user": given["USER"], "password": given["PASSWORD"]}
    at = {key: value for key, value in address.items() if value}
    with psycopg.connect(dbname="postgres", autocommit=True, **at) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            user = quote(given["USER"]) + (f":{quote(given['PASSWORD'])}" if given["PASSWORD"] else "")
            port = f":{given['PORT']}" if given["PORT"] else ""
            yield f"postgres://{user}@{given['HOST']}{port}/{name}"
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
