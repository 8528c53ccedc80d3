"""队列: put in, take out, finish, give back. Every change of hands is one compare-and-set."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from xiaoneng.kernel.jobs.models import Job
from xiaoneng.kernel.jobs.registry import options

LONGEST_WAIT = 600


class LeaseLost(Exception):  # noqa: N818 - it tells a run that it is over, not that something broke
    """租约已失: another run has taken the job; nothing of this one may be kept."""


def enqueue(task: Task[..., Any], *, key: str, run_after: datetime | None = None, **arguments: Any) -> Job:
    """入队: in the caller's transaction; the same task and key again changes nothing and returns the first job.

    `key` (up to 200 characters) names the effect, e.g. "notice:17"; `run_after` delays the first attempt.
    """
    known = Job.objects.filter(task_path=task.module_path, key=key)
    if job := known.first():
        return job
    try:
        with transaction.atomic():
            result = task.using(run_after=run_after).enqueue(**arguments)
            return Job.objects.create(task_path=task.module_path, key=key, result_id=uuid.UUID(result.id))
    except IntegrityError:
        # Somebody asked for the same at the same time and was first; the queue row of this call is gone.
        return known.get()


def ready(at: datetime) -> models.QuerySet[Job]:
    """可以开始的作业, the most urgent first.

    A wait is over at its end, or when the clock stands before its beginning: then the clock was set back, and
    waiting for the old hour to return could take for ever.
    """
    rested = Q(retry_from=None) | Q(retry_from__gt=at) | Q(retry_until__lte=at)
    return (
        Job.objects.filter(rested, result__status=TaskResultStatus.READY, lease=None)
        .filter(Q(result__run_after=get_date_max()) | Q(result__run_after__lte=at))
        .order_by("-result__priority", "result__run_after", "pk")
    )


def claim(at: datetime, worker: str) -> Job | None:
    """领取: the first ready job, now leased to this run; None when there is none."""
    for job in ready(at).select_related("result")[:10]:
        lease = uuid.uuid4()
        with transaction.atomic():
            mine = Job.objects.filter(pk=job.pk, lease=None, done_at=None, attempts=job.attempts)
            if not mine.update(lease=lease, attempts=F("attempts") + 1):
                continue
            job.result.claim(worker)
        job.lease, job.attempts = lease, job.attempts + 1
        return job
    return None


def beat(job: Job) -> bool:
    """心跳: tells that the run lives; False when it no longer holds the job."""
    return bool(Job.objects.filter(pk=job.pk, lease=job.lease).update(beats=F("beats") + 1))


@contextmanager
def effect(job: Job) -> Iterator[None]:
    """生效: one transaction holding the job's effect, its done-mark and its state.

    Raises `LeaseLost`, and keeps nothing, when another run has taken the job.
    """
    with transaction.atomic():
        yield
        at = timezone.now()
        if not Job.objects.filter(pk=job.pk, lease=job.lease, done_at=None).update(done_at=at, lease=None):
            raise LeaseLost
        DBTaskResult.objects.filter(pk=job.result_id).update(status=TaskResultStatus.SUCCESSFUL, finished_at=at)


def give_back(job: Job, *, reason: str, error: str, at: datetime) -> bool:
    """退回: an attempt that did not succeed; waits for the next, or fails when there have been enough.

    `reason` is the exception's name, `error` its traceback. False when the job was no longer held.
    """
    with transaction.atomic():
        until = at + timedelta(seconds=min(2**job.attempts, LONGEST_WAIT))
        held = Job.objects.filter(pk=job.pk, lease=job.lease, done_at=None)
        if job.lease is None or not held.update(lease=None, retry_from=at, retry_until=until):
            return False
        last = job.attempts >= _attempts(job.task_path)
        DBTaskResult.objects.filter(pk=job.result_id).update(
            status=TaskResultStatus.FAILED if last else TaskResultStatus.READY,
            finished_at=at if last else None,
            exception_class_path=reason,
            traceback=error,
        )
    return True


def _attempts(path: str) -> int:
    from django.utils.module_loading import import_string

    try:
        import_string(path)
    except ImportError:
        return 1
    return options(path).attempts


def failures() -> models.QuerySet[Job]:
    """失败的作业: all attempts used up; the queue row holds the last traceback."""
    return Job.objects.filter(result__status=TaskResultStatus.FAILED).select_related("result").order_by("-pk")


def retry(job: Job) -> bool:
    """重试: gives a failed job a new set of attempts. False when it is not in the failed state."""
    with transaction.atomic():
        failed = DBTaskResult.objects.filter(pk=job.result_id, status=TaskResultStatus.FAILED)
        if not failed.update(status=TaskResultStatus.READY, finished_at=None):
            return False
        Job.objects.filter(pk=job.pk).update(attempts=0, retry_from=None, retry_until=None)
    return True


def prune(at: datetime, *, days: int = 90) -> int:
    """清理: forgets jobs done long ago (and with them their keys)."""
    old = Job.objects.filter(done_at__lt=at - timedelta(days=days))
    return DBTaskResult.objects.filter(job__in=old).delete()[1].get("jobs.Job", 0)
