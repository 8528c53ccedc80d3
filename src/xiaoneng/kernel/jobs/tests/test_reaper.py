"""A heart that stands still for a lease's length, measured on the monotonic clock, frees the job."""

from __future__ import annotations

import pytest
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from xiaoneng.kernel.jobs import api as jobs
from xiaoneng.kernel.jobs import queue, worker
from xiaoneng.kernel.jobs.models import Job
from xiaoneng.kernel.jobs.tests import work

pytestmark = pytest.mark.usefixtures("effects")


def claimed() -> Job:
    jobs.enqueue(work.note, key="one", number=1)
    job = queue.claim(timezone.now(), "gone")
    assert job is not None
    return job


def test_a_still_heart_frees_the_job() -> None:
    claimed()
    reaper = worker.Reaper(30)
    assert reaper.look(0) == 0
    assert reaper.look(29) == 0
    assert reaper.look(31) == 1
    assert DBTaskResult.objects.get().status == TaskResultStatus.READY
    assert Job.objects.get().lease is None


def test_a_beating_heart_keeps_it() -> None:
    job = claimed()
    reaper = worker.Reaper(30)
    for now in range(0, 200, 20):
        reaper.look(now)
        assert queue.beat(job)
    assert DBTaskResult.objects.get().status == TaskResultStatus.RUNNING


def test_the_old_run_cannot_commit_after_the_new_one_began() -> None:
    old = claimed()
    reaper = worker.Reaper(30)
    reaper.look(0)
    reaper.look(31)
    Job.objects.update(retry_from=None, retry_until=None)
    new = queue.claim(timezone.now(), "here")
    assert new is not None
    assert worker.execute(new)
    assert not worker.execute(old)
    assert work.marks() == [1]
    assert not queue.beat(old)


def test_the_old_run_may_commit_first_and_then_the_new_one_keeps_nothing() -> None:
    old = claimed()
    assert worker.execute(old)
    assert queue.claim(timezone.now(), "here") is None
    assert worker.Reaper(0).look(100) == 0
    assert work.marks() == [1]


def test_a_worker_that_dies_again_and_again_uses_up_the_attempts() -> None:
    jobs.enqueue(work.note, key="one", number=1)
    reaper = worker.Reaper(30)
    for round_ in range(5):
        assert queue.claim(timezone.now(), "gone") is not None
        reaper.look(round_ * 100)
        assert reaper.look(round_ * 100 + 31) == 1
        Job.objects.update(retry_from=None, retry_until=None)
    assert DBTaskResult.objects.get().status == TaskResultStatus.FAILED
    assert "进程中断" in DBTaskResult.objects.get().traceback
