"""作业与定时的记录, beside the queue's own rows (`django_tasks_db`)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django_tasks_db.models import DBTaskResult


class Job(models.Model):
    """作业: one piece of work, known by its task and idempotency key; the queue row holds its state.

    `lease` names the run that holds the job; `beats` grows while that run lives; `done_at` is the done-mark,
    written in the same transaction as the effect. A failed attempt waits from `retry_from` until `retry_until`.
    """

    task_path = models.CharField(max_length=200)
    key = models.CharField(max_length=200)
    result = models.OneToOneField(DBTaskResult, on_delete=models.CASCADE, related_name="job")
    attempts = models.PositiveIntegerField(default=0)
    lease = models.UUIDField(null=True)
    beats = models.PositiveBigIntegerField(default=0)
    retry_from = models.DateTimeField(null=True)
    retry_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["task_path", "key"], name="jobs_job_once_per_key"),
            models.CheckConstraint(condition=Q(done_at=None) | Q(lease=None), name="jobs_job_done_is_free"),
        ]

    def __str__(self) -> str:
        return f"{self.task_path} {self.key}"


class Tick(models.Model):
    """定时: when a periodic pass last began; `passes` makes each beginning a compare-and-set."""

    name = models.CharField(max_length=100, primary_key=True)
    last_at = models.DateTimeField()
    passes = models.PositiveBigIntegerField(default=0)
    failed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
