"""核验: read everything again and compare: events with the tree, the tree with what was signed and witnessed, business
rows with their last events, files with their hashes. Reads in chunks, so memory does not grow with the ledger.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.db import connection

from xiaoneng.kernel.ledger import guards, tree
from xiaoneng.kernel.ledger.models import Verification
from xiaoneng.kernel.ledger.verification import chain, heads, rows, stores
from xiaoneng.kernel.ledger.verification.report import KEPT, Finding, Report

__all__ = ["Finding", "Report", "keep", "verify"]


def verify(*, witnesses: Sequence[Path] = ()) -> Report:
    """核验全部: changes nothing. `witnesses` are folders of witnesses whose own records are compared too."""
    report = Report(size=tree.size())
    for name in guards.missing(connection):
        report.add("guard", name, f"数据库的防改触发器 {name} 不见了或被停用：有人可以直接改动台账。")
    keys = heads.check_keys(report)
    claims = heads.claims(report, witnesses)
    chain.check(report, keys, claims)
    stores.check_pending(report)
    stores.check_segments(report)
    rows.check(report)
    return report


def keep(report: Report, at: datetime) -> Verification:
    """留存: the outcome, for the pages."""
    return Verification.objects.create(
        at=at, size=report.size, ok=report.ok, count=report.count, findings=[str(f) for f in report.findings[:KEPT]]
    )
