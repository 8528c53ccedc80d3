"""文档的事实: files kept, by hash; never their names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from xiaoneng.events import Fact


@dataclass(frozen=True, slots=True)
class FileStored(Fact):
    """文件存档: content with this SHA-256 is kept; `size` in bytes."""

    kind: ClassVar[str] = "documents.file_stored"
    file_id: int
    sha256: str
    size: int
    media_type: str


@dataclass(frozen=True, slots=True)
class FileAttached(Fact):
    """附件: a stored file was joined to the row `subject` ("programme.task:12")."""

    kind: ClassVar[str] = "documents.file_attached"
    attachment_id: int
    file_id: int
    sha256: str
    subject: str
