"""Body of a background process of `xiaoneng up`: `python -m xiaoneng.commands.part jobs|tick`, until SIGTERM."""

from __future__ import annotations

import signal
import sys
import threading

from xiaoneng.commands import django_ready


def main(name: str) -> None:
    """`jobs` runs queued work, `tick` runs what is due by the clock."""
    django_ready()
    from xiaoneng.kernel.jobs import api as jobs

    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    {"jobs": jobs.run_worker, "tick": jobs.run_ticks}[name](stop)


if __name__ == "__main__":
    main(sys.argv[1])
