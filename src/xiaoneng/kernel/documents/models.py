"""存档文件与附件."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from xiaoneng.kernel.ledger.api import Ledgered


class StoredFile(Ledgered):
    """存档文件: content kept by its SHA-256, under the name it came with.

    The same content under the same name is one row; under two names it is two rows and one content on disk.
    """

    ledger_fields: ClassVar[tuple[str, ...]] = ("sha256", "size", "media_type", "filename", "stored_by", "stored_at")

    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveBigIntegerField("字节数")
    media_type = models.CharField("类型", max_length=100)
    filename = models.CharField("文件名", max_length=120)
    stored_by = models.CharField("存档人", max_length=100)
    stored_at = models.DateTimeField("存档时间")

    class Meta:
        verbose_name = verbose_name_plural = "存档文件"
        constraints = [
            models.UniqueConstraint(fields=["sha256", "filename"], name="documents_one_row_per_name"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="documents_sha256_is_hex"),
            models.CheckConstraint(condition=Q(size__gt=0), name="documents_file_not_empty"),
        ]

    def __str__(self) -> str:
        return self.filename


class Attachment(Ledgered):
    """附件: a stored file joined to a row of any module, named by the row's ledger subject ("programme.task:12")."""

    ledger_fields: ClassVar[tuple[str, ...]] = ("subject", "file", "name", "attached_by", "attached_at")

    subject = models.CharField("所属", max_length=150, db_index=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="attachments", verbose_name="文件")
    name = models.CharField("名称", max_length=120)
    attached_by = models.CharField("上传人", max_length=100)
    attached_at = models.DateTimeField("上传时间")

    class Meta:
        verbose_name = verbose_name_plural = "附件"
        ordering = ["attached_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["subject", "file"], name="documents_attached_once"),
            models.CheckConstraint(condition=Q(subject__contains=":"), name="documents_attached_to_a_row"),
        ]

    def __str__(self) -> str:
        return self.name
