"""隔离读取: `python -m xiaoneng.kernel.documents.reading PATH NAME` prints a document, or a refusal, as JSON.

Run for files that strangers sent: memory, processor time and written bytes are bounded by the system.
"""

from __future__ import annotations

import sys
from pathlib import Path

from xiaoneng.foundation.refusals import Unreadable
from xiaoneng.kernel.documents.reading import read_bytes, wire
from xiaoneng.kernel.documents.reading.confinement import confine


def main(path: str, name: str) -> str:
    """读取 the content at `path` that came under `name`."""
    confine()
    try:
        return wire.dump(read_bytes(Path(path).read_bytes(), name))
    except Unreadable as refusal:
        return wire.dump_refusal(refusal)


if __name__ == "__main__":
    sys.stdout.write(main(sys.argv[1], sys.argv[2]))
