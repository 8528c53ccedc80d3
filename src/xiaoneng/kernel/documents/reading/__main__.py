"""隔离读取: `python -m xiaoneng.kernel.documents.reading PATH NAME` prints a document, or a refusal, as JSON.

Run for files that strangers sent: memory, processor time and written bytes are bounded by the system.
"""

from __future__ import annotations

import signal
import sys
from pathlib import Path

from xiaoneng.foundation.refusals import Unreadable
from xiaoneng.kernel.documents.reading import DEFAULT, read_bytes, wire
from xiaoneng.kernel.documents.reading.confinement import confine


def _too_long(*_: object) -> None:
    raise Unreadable("读取这份文件用时过长，已停止。", remedy="请拆分文件，或另存为较简单的格式后重试。")


def main(path: str, name: str) -> str:
    """读取 the content at `path` that came under `name`."""
    confine()
    signal.signal(signal.SIGALRM, _too_long)
    signal.setitimer(signal.ITIMER_REAL, DEFAULT.seconds)
    try:
        return wire.dump(read_bytes(Path(path).read_bytes(), name))
    except Unreadable as refusal:
        return wire.dump_refusal(refusal)


if __name__ == "__main__":
    sys.stdout.write(main(sys.argv[1], sys.argv[2]))
