"""任务: what is to be done, by whom, to which measurable end, how often."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from xiaoneng.kernel.ledger import api as ledger
from xiaoneng.programme.domain import OPERATORS, PERIODS, TaskState
from xiaoneng.programme.models.plan import Action, Measure, Programme


class Task(ledger.Ledgered):
    """任务: one row of the plan's table, one responsibility clause or one duty in prose.

    `number` runs through the plan; `deadline` only where the wording is definite; `line` is the source line.
    """

    State = TaskState

    ledger_fields: ClassVar[tuple[str, ...]] = (
        "programme_id",
        "number",
        "title",
        "steps",
        "target",
        "text",
        "deadline",
        "deadline_text",
        "joint",
        "others",
        "state",
        "progress",
        "handler_id",
    )

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="tasks", verbose_name="方案")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, null=True, related_name="tasks", verbose_name="行动")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, null=True, related_name="tasks", verbose_name="举措")
    number = models.PositiveIntegerField("序号")
    path = models.JSONField("所在层级", default=list)
    title = models.TextField("任务")
    steps = models.TextField("工作举措", blank=True)
    target = models.TextField("目标要求", blank=True)
    text = models.TextField("原文", blank=True)
    deadline = models.DateField("完成时限", null=True, blank=True)
    deadline_text = models.CharField("时限表述", max_length=200, blank=True)
    joint = models.BooleanField("共同负责", default=False)
    others = models.BooleanField("另有其他单位", default=False)
    line = models.PositiveIntegerField("原文行", default=0)
    state = models.CharField("状态", max_length=12, choices=TaskState.choices, default=TaskState.WAITING)
    progress = models.PositiveSmallIntegerField("进度", default=0)
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="handled_tasks",
        verbose_name="承办人",
    )
    proposed_by = models.CharField("申请办结人", max_length=60, blank=True)
    opened_at = models.DateTimeField("立项时间")
    changed_at = models.DateTimeField("最近变动")

    class Meta:
        verbose_name = "任务"
        ordering = ["programme", "number"]
        indexes = [
            models.Index(fields=["programme", "state", "number"]),
            models.Index(fields=["programme", "deadline", "number"]),
            models.Index(fields=["programme", "state", "deadline", "number"]),
            models.Index(fields=["programme", "action", "number"]),
            models.Index(fields=["programme", "measure", "number"]),
            models.Index(fields=["handler", "state"]),
        ]
        constraints = [
            models.UniqueConstraint(
                name="programme_task_number", fields=["programme", "number"], condition=~Q(state="withdrawn")
            ),
            models.CheckConstraint(name="programme_task_has_title", condition=~Q(title="")),
            models.CheckConstraint(name="programme_task_percent", condition=Q(progress__gte=0, progress__lte=100)),
            models.CheckConstraint(name="programme_task_state", condition=Q(state__in=TaskState.values)),
            models.CheckConstraint(
                name="programme_task_proposed_by_someone", condition=~Q(state="proposed") | ~Q(proposed_by="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class UnitGroup(models.Model):
    """单位组: "各处室", "各综合处": a name that stands for several units, resolved on the day it is asked."""

    name = models.CharField("名称", max_length=100, unique=True)

    class Meta:
        verbose_name = "单位组"

    def __str__(self) -> str:
        return self.name


class TaskUnit(ledger.Ledgered):
    """责任单位: a unit or a group of units that leads or supports a task; `name` as the plan writes it."""

    class Part(models.TextChoices):
        """责任类型."""

        LEAD = "lead", "牵头"
        SUPPORT = "support", "配合"

    ledger_fields: ClassVar[tuple[str, ...]] = ("task_id", "part", "unit_id", "group_id", "name")

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="assignments")
    part = models.CharField("责任类型", max_length=8, choices=Part.choices, default=Part.LEAD)
    unit = models.ForeignKey(
        "organisation.Unit", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="单位"
    )
    group = models.ForeignKey(UnitGroup, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="单位组")
    name = models.CharField("名称", max_length=100)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "责任单位"
        ordering = ["task", "part", "order", "id"]
        indexes = [models.Index(fields=["unit", "task"]), models.Index(fields=["group", "task"])]
        constraints = [
            models.CheckConstraint(
                name="programme_unit_or_group",
                condition=Q(unit__isnull=False, group=None) | Q(unit=None, group__isnull=False),
            ),
            models.UniqueConstraint(name="programme_unit_once", fields=["task", "unit"], condition=Q(group=None)),
            models.UniqueConstraint(name="programme_group_once", fields=["task", "group"], condition=Q(unit=None)),
        ]

    def __str__(self) -> str:
        return self.name


class Target(ledger.Ledgered):
    """目标: a measurable aim of a task, or (`task` None) of the whole programme.

    `operator` "text" is an aim that can only be judged. `counted` aims name the indicator that counts them.
    """

    class Kind(models.TextChoices):
        """目标取数方式."""

        REPORTED = "reported", "填报"
        COUNTED = "counted", "系统计算"

    ledger_fields: ClassVar[tuple[str, ...]] = (
        "programme_id",
        "task_id",
        "subject",
        "measure",
        "operator",
        "value",
        "unit",
        "period",
        "kind",
    )

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="targets")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, null=True, related_name="targets")
    subject = models.CharField("对象", max_length=200, blank=True)
    measure = models.CharField("指标", max_length=200, blank=True)
    operator = models.CharField("要求", max_length=4, choices=list(OPERATORS.items()))
    value = models.DecimalField("数值", max_digits=18, decimal_places=4, null=True, blank=True)
    unit = models.CharField("计量单位", max_length=20, blank=True)
    period = models.CharField("周期", max_length=4, blank=True, choices=[(p, p) for p in PERIODS])
    text = models.TextField("原文", blank=True)
    kind = models.CharField("取数方式", max_length=8, choices=Kind.choices, default=Kind.REPORTED)
    indicator = models.CharField("指标代码", max_length=60, blank=True)

    class Meta:
        verbose_name = "目标"
        ordering = ["task", "id"]
        constraints = [
            models.CheckConstraint(
                name="programme_target_value",
                condition=Q(operator="text") | Q(value__isnull=False),
            ),
            models.CheckConstraint(name="programme_target_operator", condition=Q(operator__in=list(OPERATORS))),
            models.CheckConstraint(name="programme_target_indicator", condition=~Q(kind="counted") | ~Q(indicator="")),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def shown(self) -> str:
        """数值, without idle zeros."""
        return "" if self.value is None else format(self.value.normalize(), "f")


class Cadence(ledger.Ledgered):
    """频次: a recurring duty ("一月一通报") of a task, or (`task` None) of the whole programme.

    `rrule` is an RFC 5545 rule without DTSTART; it is counted from `starts_on`.
    """

    ledger_fields: ClassVar[tuple[str, ...]] = ("programme_id", "task_id", "text", "rrule", "starts_on")

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="cadences")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, null=True, related_name="cadences")
    text = models.CharField("表述", max_length=200)
    rrule = models.CharField("频次规则", max_length=200)
    starts_on = models.DateField("起算日期")

    class Meta:
        verbose_name = "频次"
        ordering = ["task", "id"]
        constraints = [
            models.CheckConstraint(name="programme_cadence_rule", condition=Q(rrule__contains="FREQ=")),
        ]

    def __str__(self) -> str:
        return self.text
