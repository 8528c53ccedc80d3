"""执行: the loop of a worker process, its heartbeat, and the watch over other workers' heartbeats."""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import InterfaceError, OperationalError, close_old_connections, connection
from django.utils import timezone
from django_tasks.base import TaskResultStatus

from xiaoneng.kernel.jobs import queue
from xiaoneng.kernel.jobs.models import Job
from xiaoneng.kernel.jobs.registry import options

log = logging.getLogger(__name__)

BEAT_SECONDS = 5.0
LEASE_SECONDS = 30.0
IDLE_SECONDS = 0.5


class Run:
    """一次执行: what a long task gets: `commit()` for its effect, `alive()` to ask whether it may go on."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.committed = False

    @contextmanager
    def commit(self) -> Iterator[None]:
        """生效: the effect, once, in one transaction with the done-mark. Raises `LeaseLost`."""
        with queue.effect(self.job):
            yield
        self.committed = True

    def alive(self) -> bool:
        """是否仍持有租约: False tells a long task to stop, another run has taken over."""
        return queue.beat(self.job)


class Reaper:
    """收回: a job whose heartbeat stands still for a lease's length goes back to the queue.

    Stillness is measured on this process's monotonic clock: setting the wall clock neither frees a job that
    lives nor keeps one that died.
    """

    def __init__(self, lease_seconds: float = LEASE_SECONDS) -> None:
        self.lease_seconds = lease_seconds
        self._seen: dict[int, tuple[UUID | None, int, float]] = {}
        self._looked = float("-inf")

    def look(self, now: float) -> int:
        """One look (at most one a second, `now` monotonic); how many jobs went back."""
        if now - self._looked < min(1.0, self.lease_seconds / 4):
            return 0
        self._looked = now
        held = Job.objects.filter(result__status=TaskResultStatus.RUNNING, done_at=None).exclude(lease=None)
        seen, freed = {}, 0
        for job in held:
            lease, beats, since = self._seen.get(job.pk, (job.lease, job.beats, now))
            if (lease, beats) != (job.lease, job.beats):
                since = now
            if now - since >= self.lease_seconds:
                freed += self._free(job)
            else:
                seen[job.pk] = (job.lease, job.beats, since)
        self._seen = seen
        return freed

    def _free(self, job: Job) -> bool:
        log.warning("job %s: the worker is gone, attempt %d", job, job.attempts)
        return queue.give_back(
            job, reason="WorkerLost", error="执行该作业的进程中断，没有留下结果。", at=timezone.now()
        )


def run_worker(
    stop: threading.Event,
    *,
    lease_seconds: float = LEASE_SECONDS,
    beat_seconds: float = BEAT_SECONDS,
    until_idle: bool = False,
) -> None:
    """后台作业的循环: runs queued jobs until `stop` (or, with `until_idle`, until nothing is ready)."""
    worker = f"{socket.gethostname()[:40]}:{os.getpid()}"
    reaper = Reaper(lease_seconds)
    while not stop.is_set():
        try:
            close_old_connections()
            reaper.look(time.monotonic())
            job = queue.claim(timezone.now(), worker)
            if job is not None:
                execute(job, beat_seconds=beat_seconds)
            elif until_idle:
                return
            else:
                stop.wait(IDLE_SECONDS)
        except (OperationalError, InterfaceError):
            log.exception("the database does not answer; trying again")
            connection.close()
            stop.wait(2)


def execute(job: Job, *, beat_seconds: float = BEAT_SECONDS) -> bool:
    """执行 a claimed job; True when its effect is now in the database."""
    result = job.result
    ended = threading.Event()
    heart = threading.Thread(target=_beat, args=(job, ended, beat_seconds), daemon=True)
    heart.start()
    try:
        task: Any = result.task
        arguments: dict[str, Any] = result.args_kwargs["kwargs"]
        run = Run(job)
        if options(job.task_path).long:
            task.call(run, **arguments)
            if not run.committed:
                with run.commit():
                    pass
        else:
            with run.commit():
                task.call(**arguments)
    except queue.LeaseLost:
        log.warning("job %s: another run has taken it", job)
        return False
    except Exception as problem:
        log.exception("job %s: attempt %d failed", job, job.attempts)
        name = f"{type(problem).__module__}.{type(problem).__qualname__}"
        queue.give_back(job, reason=name, error=traceback.format_exc()[-20_000:], at=timezone.now())
        return False
    finally:
        ended.set()
        heart.join()
    return True


def _beat(job: Job, ended: threading.Event, seconds: float) -> None:
    while not ended.wait(seconds):
        try:
            if not queue.beat(job):
                break
        except (OperationalError, InterfaceError):
            # SQLite: the job's own transaction holds the only write lock, and so keeps the reaper out as well.
            connection.close()
    connection.close()
