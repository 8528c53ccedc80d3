"""核验其余: events that have no place yet, and the Parquet files."""

from __future__ import annotations

from xiaoneng.kernel.ledger import segments
from xiaoneng.kernel.ledger.models import Segment
from xiaoneng.kernel.ledger.sequencing import genuine_of, unplaced
from xiaoneng.kernel.ledger.verification.report import Report


def check_pending(report: Report) -> None:
    """未编入的事件: each must bear the seal of this system, else somebody slipped it into the table."""
    last, seen = -1, 0
    while seen > last:
        last = seen
        seen, pending = unplaced(last)
        report.pending += len(pending)
        genuine = {number for number, _ in genuine_of(pending)}
        for number in [number for number, _, _ in pending if number not in genuine]:
            report.add("inserted", number, f"编号 {number} 的事件不是由本系统写入：被插入、复制或改动。")


def check_segments(report: Report) -> None:
    """数据段: each file is there and unchanged."""
    for segment in Segment.objects.order_by("start").iterator():
        path = segments.path_of(segment.start)
        if not path.exists():
            report.add("segment", path.name, f"数据段文件 {path.name} 不见了。")
        elif segments.file_hash(path) != segment.sha256:
            report.add("segment", path.name, f"数据段文件 {path.name} 被改动。")
