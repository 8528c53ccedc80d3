"""方案、行动、举措: the plan as a tree, with the documents it was read from."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from xiaoneng.kernel.ledger import api as ledger


class Programme(ledger.Ledgered):
    """方案: a work plan that runs.

    `key` says which plan it is (文号, else issuer and title), `digest` which file it was started from: two
    running programmes share neither.
    """

    class State(models.TextChoices):
        """方案状态."""

        RUNNING = "running", "运行中"
        CLOSED = "closed", "已结束"

    ledger_fields: ClassVar[tuple[str, ...]] = (
        "title",
        "issuer",
        "document_number",
        "issued_on",
        "key",
        "digest",
        "state",
    )

    title = models.CharField("标题", max_length=300)
    issuer = models.CharField("发文机关", max_length=200, blank=True)
    document_number = models.CharField("文号", max_length=100, blank=True)
    issued_on = models.DateField("成文日期", null=True, blank=True)
    key = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.RUNNING)
    started_at = models.DateTimeField("启动时间")
    closed_at = models.DateTimeField("结束时间", null=True, blank=True)

    class Meta:
        verbose_name = "方案"
        ordering = ["-started_at", "-id"]
        constraints = [
            models.UniqueConstraint(name="programme_one_running_plan", fields=["key"], condition=Q(state="running")),
            models.UniqueConstraint(name="programme_one_running_file", fields=["digest"], condition=Q(state="running")),
            models.CheckConstraint(name="programme_has_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="programme_state",
                condition=Q(state="running", closed_at=None) | Q(state="closed", closed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Revision(ledger.Ledgered):
    """方案版本: one document applied to a programme. `reading` is what was read from it, before any person's edit."""

    ledger_fields: ClassVar[tuple[str, ...]] = ("programme_id", "number", "digest", "reading")

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="revisions", verbose_name="方案")
    number = models.PositiveIntegerField("版本")
    document = models.ForeignKey("documents.StoredFile", on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, db_index=True)
    filename = models.CharField("文件名", max_length=200)
    reading = models.JSONField("读出的内容")
    lines = models.JSONField("原文", default=list)
    applied_by = models.CharField("办理人", max_length=60)
    applied_at = models.DateTimeField("启用时间")

    class Meta:
        verbose_name = "方案版本"
        ordering = ["programme", "-number"]
        constraints = [
            models.UniqueConstraint(name="programme_revision_number", fields=["programme", "number"]),
            models.CheckConstraint(name="programme_revision_from_one", condition=Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.programme} 第 {self.number} 版"


class Action(models.Model):
    """行动: the upper level of a plan's tree ("依法履职行动"); a plan without levels has none."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="actions")
    title = models.CharField("行动", max_length=300)
    order = models.PositiveIntegerField()

    class Meta:
        verbose_name = "行动"
        ordering = ["programme", "order"]
        constraints = [
            models.UniqueConstraint(name="programme_action_title", fields=["programme", "title"]),
            models.CheckConstraint(name="programme_action_has_title", condition=~Q(title="")),
        ]

    def __str__(self) -> str:
        return self.title


class Measure(models.Model):
    """举措: a numbered measure inside an action; `number` is 0 where the plan numbers none."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="measures")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, null=True, related_name="measures")
    number = models.PositiveIntegerField()
    title = models.CharField("举措", max_length=300)
    order = models.PositiveIntegerField()

    class Meta:
        verbose_name = "举措"
        ordering = ["programme", "order"]
        constraints = [
            models.UniqueConstraint(
                name="programme_measure_in_action",
                fields=["action", "number", "title"],
                condition=Q(action__isnull=False),
            ),
            models.UniqueConstraint(
                name="programme_measure_alone", fields=["programme", "number", "title"], condition=Q(action=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}" if self.number else self.title


class Finding(ledger.Ledgered):
    """疑点: where the document disagrees with itself; a proposal that a person accepts or rejects."""

    class Decision(models.TextChoices):
        """疑点处理."""

        OPEN = "open", "待处理"
        ACCEPTED = "accepted", "已采纳"
        REJECTED = "rejected", "不采纳"

    ledger_fields: ClassVar[tuple[str, ...]] = (
        "programme_id",
        "revision_id",
        "code",
        "line",
        "excerpt",
        "suggestion",
        "decision",
        "decided_by",
        "decided_at",
    )

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="findings")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="findings")
    code = models.CharField("类别", max_length=60)
    severity = models.CharField("程度", max_length=8)
    line = models.PositiveIntegerField("行")
    excerpt = models.TextField("原文")
    message = models.TextField("说明")
    suggestion = models.TextField("建议", blank=True)
    decision = models.CharField("处理", max_length=8, choices=Decision.choices, default=Decision.OPEN)
    decided_by = models.CharField("处理人", max_length=60, blank=True)
    decided_at = models.DateTimeField("处理时间", null=True, blank=True)

    class Meta:
        verbose_name = "疑点"
        ordering = ["programme", "line", "id"]
        indexes = [models.Index(fields=["programme", "decision"])]
        constraints = [
            models.CheckConstraint(
                name="programme_finding_decided_by_someone",
                condition=Q(decision="open", decided_by="", decided_at=None)
                | Q(decision__in=["accepted", "rejected"], decided_at__isnull=False) & ~Q(decided_by=""),
            ),
        ]

    def __str__(self) -> str:
        return self.message
