"""台账的运行: verbs of the command line that put the parts together."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from xiaoneng.foundation.actors import Actor
from xiaoneng.foundation.refusals import Refused
from xiaoneng.kernel.ledger import notes, sequencing, signing, verification
from xiaoneng.kernel.ledger.verification import Report

log = logging.getLogger(__name__)


def verify_all(*, at: datetime, witnesses: Sequence[Path] = ()) -> Report:
    """全面核验: place what is waiting, verify all, keep the outcome."""
    refusal = ""
    try:
        sequencing.sequence(at)
    except Refused as refused:
        refusal = str(refused)
    report = verification.verify(witnesses=witnesses)
    if refusal and report.ok:
        report.add("sequence", "", refusal)
    verification.keep(report, at)
    return report


def rotate_key(*, actor: Actor, at: datetime) -> str:
    """更换签名密钥: the fingerprint of the new one."""
    return notes.fingerprint(signing.rotate(actor=actor, at=at).public)


def verify_nightly(at: datetime) -> None:
    """每日核验: what it finds is logged and shown on the ledger's page."""
    report = verify_all(at=at)
    for finding in report.findings:
        log.error("%s", finding)
