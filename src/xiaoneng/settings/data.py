"""数据目录: where a start keeps its data, its secret and its database."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def data_folder(environ: Mapping[str, str]) -> Path:
    """数据目录: XIAONENG_DATA or ./var, made with mode 700 on first use.

    Raises `ImproperlyConfigured` where there can be no such folder.
    """
    folder = Path(environ.get("XIAONENG_DATA") or "var").resolve()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"数据目录 {folder} 不能使用（{error.strerror}）：请用 XIAONENG_DATA 指定一个可写的目录。"
        ) from error
    return folder


def secret_key(folder: Path) -> str:
    """密钥: 64 random bytes, generated on first run into `secret.key` with mode 600."""
    path = folder / "secret.key"
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return _settled(path)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(64))
    return path.read_text("ascii")


def _settled(path: Path) -> str:
    key = path.read_text("ascii")
    if len(key) < 64:
        # Two first starts at once, or a start killed while writing: never run on half a secret.
        raise ImproperlyConfigured(f"{path} 不完整：请删除该文件后重新启动，系统会生成新的密钥。")
    return key


def database(environ: Mapping[str, str], folder: Path) -> dict[str, Any]:
    """数据库: PostgreSQL by DATABASE_URL, else SQLite (WAL, IMMEDIATE, FULL) in the data folder."""
    url = environ.get("DATABASE_URL", "")
    if not url or url.startswith("sqlite"):
        return _sqlite(folder)
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(f"DATABASE_URL 的类型“{parts.scheme}”不受支持，请用 postgres:// 开头的地址。")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": {**dict(parse_qsl(parts.query)), "pool": {"min_size": 1, "max_size": 8, "timeout": 30}},
    }


def _sqlite(folder: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": folder / "xiaoneng.sqlite3",
        "OPTIONS": {
            # DEFERRED (Django's default) fails with "locked" as soon as two writers meet;
            # FULL because an acknowledged ledger event must survive a power cut.
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }
