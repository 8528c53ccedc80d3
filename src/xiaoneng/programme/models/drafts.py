"""导入稿: a document that was read and is looked over before it starts."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from xiaoneng.programme.models.plan import Programme


class ImportDraft(models.Model):
    """导入稿: a reading that people correct; nothing of it counts until it is started in one transaction.

    `original` is the reading as the reader gave it, `reading` the same with people's edits and decisions,
    `lines` the document for display, `units` the choices for unit names. `version` is the optimistic lock.
    With `revises`, the draft changes that programme (from its revision `base`) instead of opening a new one.
    """

    class State(models.TextChoices):
        """导入稿状态."""

        OPEN = "open", "待启动"
        STARTED = "started", "已启动"
        DISCARDED = "discarded", "已放弃"

    document = models.ForeignKey("documents.StoredFile", on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, db_index=True)
    filename = models.CharField("文件名", max_length=200)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="上传人"
    )
    created_at = models.DateTimeField("上传时间")
    original = models.JSONField()
    reading = models.JSONField()
    lines = models.JSONField(default=list)
    units = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    state = models.CharField("状态", max_length=9, choices=State.choices, default=State.OPEN)
    revises = models.ForeignKey(Programme, on_delete=models.PROTECT, null=True, related_name="drafts")
    base = models.PositiveIntegerField(null=True)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "导入稿"
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="programme_draft_started", condition=~Q(state="started") | Q(programme__isnull=False)
            ),
            models.CheckConstraint(
                name="programme_draft_base",
                condition=Q(revises=None, base=None) | Q(revises__isnull=False, base__isnull=False),
            ),
            models.CheckConstraint(
                name="programme_draft_same_programme",
                condition=Q(revises=None) | Q(programme=None) | Q(programme=F("revises")),
            ),
        ]

    def __str__(self) -> str:
        return self.filename
