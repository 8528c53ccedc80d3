"""存档与附加."""

from __future__ import annotations

import io
from datetime import datetime
from typing import BinaryIO

from django.db import transaction

from xiaoneng.events.documents import FileAttached, FileStored
from xiaoneng.foundation.actors import Actor
from xiaoneng.kernel.documents import vault
from xiaoneng.kernel.documents.models import Attachment, StoredFile
from xiaoneng.kernel.documents.names import media_type, safe_name
from xiaoneng.kernel.ledger import api as ledger


def store(*, content: bytes | BinaryIO, filename: str, actor: Actor, at: datetime) -> StoredFile:
    """存档: keep a file by its content; the same file a second time is the first one's row.

    The content is on disk before its row is written: a process killed in between leaves a content without
    a row, which the next store of it finds. Raises `Unreadable` for a file that is empty or too large.
    """
    kept = vault.put(io.BytesIO(content) if isinstance(content, bytes) else content, at=at)
    name = safe_name(filename)
    with transaction.atomic():
        stored, created = StoredFile.objects.get_or_create(
            sha256=kept.sha256,
            filename=name,
            defaults={
                "size": kept.size,
                "media_type": media_type(kept.head, name),
                "stored_by": actor.id,
                "stored_at": at,
            },
        )
        if created:
            fact = FileStored(stored.pk, stored.sha256, stored.size, stored.media_type)
            ledger.record(fact, actor=actor, at=at, subject=stored)
    return stored


@transaction.atomic
def attach(*, subject: ledger.Ledgered, stored: StoredFile, name: str = "", actor: Actor, at: datetime) -> Attachment:
    """附加 a stored file to a saved row; a second time it is the same attachment."""
    attachment, created = Attachment.objects.get_or_create(
        subject=subject.ledger_subject,
        file=stored,
        defaults={"name": safe_name(name or stored.filename), "attached_by": actor.id, "attached_at": at},
    )
    if created:
        fact = FileAttached(attachment.pk, stored.pk, stored.sha256, attachment.subject)
        ledger.record(fact, actor=actor, at=at, subject=attachment)
    return attachment
