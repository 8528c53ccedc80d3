"""限制进程: memory, processor time and written bytes of this process, held by the system."""

from __future__ import annotations

from xiaoneng.kernel.documents.reading.limits import Limits

MEMORY = 3 << 30
WRITTEN = 1 << 30
GRACE = 5


def confine(limits: Limits | None = None) -> None:
    """限制本进程, for good: parsers of strangers' files may expand a few bytes without end.

    Where the system knows no such limits nothing happens; the caller's time limit still holds.
    """
    try:
        import resource
    except ImportError:
        return
    seconds = int((limits or Limits()).seconds) + GRACE
    for kind, ceiling in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, WRITTEN),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (ceiling if hard == resource.RLIM_INFINITY else min(ceiling, hard), hard))
