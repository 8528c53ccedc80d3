"""Enqueue once per key, run once in effect, try again a bounded number of times."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from xiaoneng.kernel.jobs import api as jobs
from xiaoneng.kernel.jobs import queue, worker
from xiaoneng.kernel.jobs.models import Job
from xiaoneng.kernel.jobs.tests import work

pytestmark = pytest.mark.usefixtures("effects")


def run_all() -> None:
    jobs.run_worker(threading.Event(), until_idle=True)


def status(job: Job) -> str:
    return str(DBTaskResult.objects.get(pk=job.result_id).status)


def test_a_job_runs_and_is_done() -> None:
    job = jobs.enqueue(work.note, key="one", number=1)
    run_all()
    job.refresh_from_db()
    assert work.marks() == [1]
    assert status(job) == TaskResultStatus.SUCCESSFUL
    assert job.done_at is not None
    assert job.lease is None


def test_the_same_key_is_the_same_job_before_and_after_it_is_done() -> None:
    first = jobs.enqueue(work.note, key="one", number=1)
    assert jobs.enqueue(work.note, key="one", number=1).pk == first.pk
    run_all()
    assert jobs.enqueue(work.note, key="one", number=1).pk == first.pk
    run_all()
    assert work.marks() == [1]
    assert DBTaskResult.objects.count() == 1


def test_a_key_belongs_to_its_task() -> None:
    jobs.enqueue(work.note, key="one", number=1)
    jobs.enqueue(work.usurped, key="one", number=2)
    assert Job.objects.count() == 2


def test_a_job_of_a_transaction_that_fails_is_never_run() -> None:
    with transaction.atomic():
        jobs.enqueue(work.note, key="one", number=1)
        transaction.set_rollback(True)
    run_all()
    assert work.marks() == []


def test_a_delayed_job_waits() -> None:
    jobs.enqueue(work.note, key="one", number=1, run_after=timezone.now() + timedelta(hours=1))
    run_all()
    assert work.marks() == []
    assert queue.claim(timezone.now() + timedelta(hours=1), "test") is not None


def test_a_failing_job_keeps_nothing_and_fails_after_its_attempts() -> None:
    job = jobs.enqueue(work.stumble, key="one", number=1)
    for attempt in range(1, 4):
        run_all()
        job.refresh_from_db()
        assert job.attempts == attempt
        Job.objects.update(retry_from=None, retry_until=None)
    run_all()
    job.refresh_from_db()
    assert (job.attempts, status(job)) == (3, TaskResultStatus.FAILED)
    assert work.marks() == []
    [failed] = jobs.failures()
    assert "ZeroDivisionError" in failed.result.exception_class_path
    assert "stumbled" in failed.result.traceback


def test_an_attempt_that_failed_is_not_repeated_at_once() -> None:
    jobs.enqueue(work.stumble, key="one", number=1)
    run_all()
    assert Job.objects.get().attempts == 1


def test_a_failed_job_can_be_given_new_attempts() -> None:
    job = jobs.enqueue(work.stumble, key="one", number=1)
    assert not jobs.retry(job)
    Job.objects.update(attempts=2)
    run_all()
    assert status(job) == TaskResultStatus.FAILED
    assert jobs.retry(job)
    job.refresh_from_db()
    assert (job.attempts, status(job)) == (0, TaskResultStatus.READY)


def test_a_run_that_lost_its_lease_keeps_nothing() -> None:
    job = jobs.enqueue(work.usurped, key="one", number=1)
    claimed = queue.claim(timezone.now(), "test")
    assert claimed is not None
    assert not worker.execute(claimed)
    assert work.marks() == []
    job.refresh_from_db()
    assert job.done_at is None


def test_two_workers_never_hold_one_job() -> None:
    jobs.enqueue(work.note, key="one", number=1)
    first, second = queue.claim(timezone.now(), "a"), queue.claim(timezone.now(), "b")
    assert first is not None
    assert second is None


def test_a_job_of_a_task_that_is_gone_fails_at_once() -> None:
    job = jobs.enqueue(work.note, key="one", number=1)
    Job.objects.update(task_path="xiaoneng.nowhere.gone")
    DBTaskResult.objects.update(task_path="xiaoneng.nowhere.gone")
    run_all()
    assert status(job) == TaskResultStatus.FAILED


def test_old_jobs_are_forgotten_and_others_kept() -> None:
    jobs.enqueue(work.note, key="old", number=1)
    run_all()
    jobs.enqueue(work.note, key="waiting", number=2)
    assert queue.prune(timezone.now() + timedelta(days=91)) == 1
    assert [job.key for job in Job.objects.all()] == ["waiting"]
    assert DBTaskResult.objects.count() == 1
