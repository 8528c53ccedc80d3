"""测试设置: the real settings on a throw-away data folder, with fast password hashing."""

from __future__ import annotations

import os
import tempfile

os.environ["XIAONENG_DATA"] = tempfile.mkdtemp(prefix="xiaoneng-test-")

from xiaoneng.settings import *  # noqa: F403 - reads the environment
from xiaoneng.settings import DATA, DATABASES, INSTALLED_APPS, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# A pooled connection outlives the test database it was opened on.
DATABASES["default"].get("OPTIONS", {}).pop("pool", None)
# Several suites may share one PostgreSQL server.
if name := os.environ.get("XN_TEST_DB"):
    DATABASES["default"]["TEST"] = {"NAME": name}
(DATA / "static").mkdir()
# A ledgered table for the ledger's own tests, and a `flush` that its append-only triggers let through.
INSTALLED_APPS = [*INSTALLED_APPS, "xiaoneng.kernel.ledger.tests.specimens"]
