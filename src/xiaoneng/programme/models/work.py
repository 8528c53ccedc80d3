"""办理: what people write and hand in on a task. Every row keeps who, when, and as whom."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from xiaoneng.kernel.ledger import api as ledger
from xiaoneng.programme.models.task import Task


class Note(ledger.Ledgered):
    """办理记录 (abstract): `by` is who acted, `acting_for` the absent A partner in whose place B acted."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="%(class)ss", verbose_name="任务")
    by = models.CharField("办理人", max_length=60)
    acting_for = models.CharField("代", max_length=60, blank=True)
    at = models.DateTimeField("时间")

    class Meta:
        abstract = True
        ordering = ["-at", "-id"]


class Update(Note):
    """进展: a progress note with how much is done."""

    ledger_fields: ClassVar[tuple[str, ...]] = ("task_id", "by", "acting_for", "at", "percent", "text")

    percent = models.PositiveSmallIntegerField("完成百分比")
    text = models.TextField("进展情况")

    class Meta(Note.Meta):
        verbose_name = "进展"
        constraints = [
            models.CheckConstraint(name="programme_update_percent", condition=Q(percent__gte=0, percent__lte=100))
        ]

    def __str__(self) -> str:
        return f"{self.percent}%"


class Comment(Note):
    """留言: one sentence of the talk about a task."""

    ledger_fields: ClassVar[tuple[str, ...]] = ("task_id", "by", "acting_for", "at", "text")

    text = models.TextField("内容")

    class Meta(Note.Meta):
        verbose_name = "留言"

    def __str__(self) -> str:
        return self.text[:40]


class Evidence(Note):
    """佐证材料: a file that shows what was done; seen only through the task's visibility rule."""

    ledger_fields: ClassVar[tuple[str, ...]] = ("task_id", "by", "acting_for", "at", "document_id", "title")

    document = models.ForeignKey("documents.StoredFile", on_delete=models.PROTECT, related_name="+")
    title = models.CharField("名称", max_length=200)

    class Meta(Note.Meta):
        verbose_name = "佐证材料"

    def __str__(self) -> str:
        return self.title
