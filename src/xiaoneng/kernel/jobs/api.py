"""后台作业之门: `task` and `every` declare, `enqueue` asks, `run_worker` and `run_ticks` do."""

from __future__ import annotations

from xiaoneng.kernel.jobs.queue import LeaseLost, enqueue, failures, retry
from xiaoneng.kernel.jobs.registry import every, task
from xiaoneng.kernel.jobs.ticks import run_due, run_ticks
from xiaoneng.kernel.jobs.worker import Run, run_worker

__all__ = ["LeaseLost", "Run", "enqueue", "every", "failures", "retry", "run_due", "run_ticks", "run_worker", "task"]
