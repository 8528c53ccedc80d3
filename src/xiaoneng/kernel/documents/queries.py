"""读取、下发、核对."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.db.models import QuerySet
from django.http import FileResponse

from xiaoneng.foundation.blocks import Document
from xiaoneng.kernel.documents import vault
from xiaoneng.kernel.documents.models import Attachment, StoredFile
from xiaoneng.kernel.documents.names import INLINE
from xiaoneng.kernel.documents.reading import isolation
from xiaoneng.kernel.ledger import api as ledger


def read(stored: StoredFile) -> Document:
    """读出文块, in a process of its own with bounded memory and time. Raises `Unreadable`."""
    vault.get(stored.sha256)
    return isolation.read(vault.path_of(stored.sha256), stored.filename)


def attachments_of(subject: ledger.Ledgered) -> QuerySet[Attachment]:
    """附件 of a row, oldest first."""
    return Attachment.objects.filter(subject=subject.ledger_subject).select_related("file")


def serve(stored: StoredFile, *, inline: bool = False, name: str = "") -> FileResponse:
    """下发 a file whose visibility the caller has checked.

    Shown in the page only when asked for and when nothing in it can run; otherwise a download. Raises `Unreadable`.
    """
    shown = inline and stored.media_type in INLINE
    media_type = "text/plain; charset=utf-8" if stored.media_type == "text/plain" else stored.media_type
    response = FileResponse(
        io.BytesIO(vault.get(stored.sha256)),
        as_attachment=not shown,
        filename=name or stored.filename,
        content_type=media_type if shown else "application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    if stored.media_type != "application/pdf":  # browsers show no PDF inside a sandbox
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@dataclass(frozen=True, slots=True)
class Fault:
    """差错: a content that is not what the ledger says; `kind` missing, changed or unknown (no row names it)."""

    kind: Literal["missing", "changed", "unknown"]
    sha256: str
    filename: str = ""

    def __str__(self) -> str:
        return {
            "missing": f"存档文件“{self.filename}”不见了（指纹 {self.sha256[:12]}…）。",
            "changed": f"存档文件“{self.filename}”被改动过（指纹 {self.sha256[:12]}…）。",
            "unknown": f"文件目录里有一个没有登记的文件（{self.sha256[:12]}…）。",
        }[self.kind]


def verify_files() -> Iterator[Fault]:
    """核对 every stored content against its hash, in bounded memory."""
    seen = set()
    for sha256, filename in StoredFile.objects.order_by("sha256").values_list("sha256", "filename").iterator():
        if sha256 in seen:
            continue
        seen.add(sha256)
        found = vault.digest_of(sha256)
        if found != sha256:
            yield Fault("changed" if found else "missing", sha256, filename)
    for name in vault.contents():
        if name not in seen:
            yield Fault("unknown", name)
