"""数据段: every 8,192 events in their places become one Parquet file, sealed by its hash in the ledger.

The files are what indicators read: DuckDB or Spark over `segments/*.parquet`.
"""

from __future__ import annotations

import hashlib
import json
import os
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction

from xiaoneng.events.ledger import SegmentSealed
from xiaoneng.foundation.actors import SYSTEM
from xiaoneng.kernel.ledger import services
from xiaoneng.kernel.ledger.models import Leaf, Segment
from xiaoneng.kernel.ledger.queries import head_size

SIZE = 8192
MEMBERS = ("at", "kind", "v", "actor", "acting_for", "subject", "digest")


def path_of(start: int) -> Path:
    return Path(settings.DATA) / "segments" / f"{start:015}.parquet"


def seal_segments(at: datetime) -> int:
    """封存一遍: write the segments that signed heads cover and that are not written yet; how many."""
    start, sealed = Segment.objects.count() * SIZE, 0
    while start + SIZE <= head_size():
        content = _write(start)
        try:
            with transaction.atomic():
                segment = Segment.objects.create(start=start, size=SIZE, sha256=content, at=at)
                services.record(SegmentSealed(start, SIZE, content), actor=SYSTEM, at=at, subject=segment)
        except IntegrityError:  # another process sealed the same events: its file has the same name and content
            break
        start += SIZE
        sealed += 1
    return sealed


def file_hash(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write(start: int) -> str:
    import pyarrow as pa  # half a second: only the process that seals pays for it
    import pyarrow.parquet as pq

    leaves = Leaf.objects.filter(position__gte=start, position__lt=start + SIZE).order_by("position")
    rows = list(leaves.values_list("position", "event_id", "event__content", "hash"))
    entries = [json.loads(content) for _, _, content, _ in rows]
    columns = {
        "position": [row[0] for row in rows],
        "event_id": [row[1] for row in rows],
        **{name: [entry.get(name) for entry in entries] for name in MEMBERS},
        "payload": [json.dumps(entry["payload"], ensure_ascii=False, sort_keys=True) for entry in entries],
        "content": [row[2] for row in rows],
        "leaf": [bytes(row[3]) for row in rows],
    }
    path = path_of(start)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}.new")
    pq.write_table(pa.table(columns), draft, compression="zstd")
    with open(draft, "rb") as file:
        os.fsync(file.fileno())
    content = file_hash(draft)
    draft.replace(path)
    return content
