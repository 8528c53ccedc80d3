"""隔离读取: `python -m xiaoneng.kernel.documents.reading PATH NAME` prints a document, or a refusal, as JSON.

Run for files that strangers sent: memory, processor time and written bytes are bounded by the system.
"""

from __future__ import annotations

import sys
from pathlib import Path

from xiaoneng.foundation.refusals import Unreadable
from xiaoneng.kernel.documents.reading import DEFAULT, read_bytes, wire

MEMORY = 3 << 30
WRITTEN = 1 << 30


def main(path: str, name: str) -> str:
    """读取 the content at `path` that came under `name`."""
    _confine()
    try:
        return wire.dump(read_bytes(Path(path).read_bytes(), name))
    except Unreadable as refusal:
        return wire.dump_refusal(refusal)


def _confine() -> None:
    try:
        import resource
    except ImportError:  # not on every system; the caller's time limit still holds
        return
    seconds = int(DEFAULT.seconds) + 5
    for kind, ceiling in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, WRITTEN),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        ceiling = ceiling if hard == resource.RLIM_INFINITY else min(ceiling, hard)
        resource.setrlimit(kind, (ceiling, hard))


if __name__ == "__main__":
    sys.stdout.write(main(sys.argv[1], sys.argv[2]))
