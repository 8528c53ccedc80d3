"""库房: contents on disk by their hash. A content is either wholly there or not there."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from xiaoneng.foundation.refusals import Unreadable
from xiaoneng.kernel.documents.reading import DEFAULT

CHUNK = 1 << 20
ABANDONED_AFTER = 24 * 3600


@dataclass(frozen=True, slots=True)
class Content:
    """内容: what was put, and its first bytes."""

    sha256: str
    size: int
    head: bytes


def folder() -> Path:
    """文件目录 inside the data folder, mode 700."""
    path = Path(settings.DATA) / "files"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def path_of(sha256: str) -> Path:
    """内容的位置."""
    return folder() / sha256[:2] / sha256


def put(content: BinaryIO, *, at: datetime) -> Content:
    """存入: written aside, flushed to disk, then renamed to its hash. Raises `Unreadable` when empty or too large."""
    _sweep(at)
    aside = folder() / "incoming" / secrets.token_hex(16)
    aside.parent.mkdir(mode=0o700, exist_ok=True)
    try:
        stored = _copy(content, aside)
        target = path_of(stored.sha256)
        target.parent.mkdir(mode=0o700, exist_ok=True)
        # Renaming over an equal content changes nothing, and mends one that was damaged.
        aside.replace(target)
        _flush_folder(target.parent)
        return stored
    finally:
        aside.unlink(missing_ok=True)


def _copy(source: BinaryIO, target: Path) -> Content:
    digest, size, head = hashlib.sha256(), 0, b""
    with os.fdopen(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        while chunk := source.read(CHUNK):
            size += len(chunk)
            if size > DEFAULT.file_bytes:
                raise Unreadable(
                    f"文件超过 {DEFAULT.file_bytes >> 20} MB 的上限。", remedy="请删去图片或拆分文件后重试。"
                )
            head = head or chunk[:4096]
            digest.update(chunk)
            file.write(chunk)
        if size == 0:
            raise Unreadable("这是一个空文件。", remedy="请检查文件是否上传、下载完整后重试。")
        file.flush()
        os.fsync(file.fileno())
    return Content(digest.hexdigest(), size, head)


def _flush_folder(path: Path) -> None:
    # Without this a power cut may forget the new name. Not every system opens folders.
    with suppress(OSError):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _sweep(at: datetime) -> None:
    """What a killed process left aside is nobody's: it goes after a day."""
    for path in (folder() / "incoming").glob("*"):
        with suppress(OSError):
            if path.stat().st_mtime < at.timestamp() - ABANDONED_AFTER:
                path.unlink()


def get(sha256: str) -> bytes:
    """取出, checked against its hash. Raises `Unreadable` for a content that is missing or was changed."""
    try:
        data = path_of(sha256).read_bytes()
    except OSError as error:
        raise Unreadable("存档的文件不见了。", remedy="请系统管理员从备份恢复，或重新上传同一文件。") from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise Unreadable(
            "存档的文件被改动过，与台账记录的指纹不符。", remedy="请系统管理员从备份恢复，或重新上传同一文件。"
        )
    return data


def digest_of(sha256: str) -> str:
    """现存内容的指纹, "" where there is none; in bounded memory."""
    try:
        with path_of(sha256).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def contents() -> Iterator[str]:
    """库中全部内容的名."""
    for path in folder().glob("[0-9a-f][0-9a-f]/*"):
        yield path.name
