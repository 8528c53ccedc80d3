"""启动: a draft becomes a running programme, all of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from xiaoneng.events import programme as facts
from xiaoneng.foundation.actors import Actor
from xiaoneng.foundation.refusals import Conflict, Refused
from xiaoneng.kernel.ledger import api as ledger
from xiaoneng.programme import indexing
from xiaoneng.programme.importing.difference import kept
from xiaoneng.programme.importing.edits import decision_of, unit_names
from xiaoneng.programme.importing.identity import plan_key
from xiaoneng.programme.importing.structure import structure
from xiaoneng.programme.models import Finding, ImportDraft, Programme, Revision
from xiaoneng.programme.services.drafts import locked, running_like
from xiaoneng.programme.services.opening import Opening, day
from xiaoneng.programme.services.units import settle


@transaction.atomic
def start(draft_id: int, *, version: int, assume: bool = False, actor: Actor, at: datetime) -> Programme:
    """启动方案: programme, tree, tasks, units, targets, cadences and findings with their events, in one transaction.

    Raises `Conflict` where the same plan already runs (two people at once: the second is told), `Refused` while
    a unit's name is undecided; with `assume` an undecided name becomes a new unit.
    """
    draft = locked(draft_id, version=version, actor=actor, at=at)
    if draft.revises is not None:
        raise Refused("这份导入稿是对已有方案的修订。", remedy="请在差异页面确认修订。")
    reading = draft.reading
    tasks = kept(reading)
    if not tasks:
        raise Refused("没有要导入的任务。", remedy="请至少保留一项任务。")
    if running_like(draft.digest, plan_key(reading)) is not None:
        raise _already_running()
    programme = _new_programme(draft, at)
    revision = new_revision(draft, programme, 1, actor=actor, at=at)
    units = settle(unit_names(reading), draft.units, issuer=reading["issuer"] or "", assume=assume, actor=actor, at=at)
    findings = [finding_row(programme, revision, finding) for finding in reading["findings"]]
    Finding.objects.bulk_create(findings)
    open_findings = sum(1 for row in findings if row.decision == Finding.Decision.OPEN)
    ledger.record_many(
        [
            (facts.ProgrammeStarted(programme.pk, draft.digest, len(tasks), open_findings), programme),
            (facts.PlanImported(programme.pk, revision.pk, 1, draft.digest, len(tasks), 0, 0), revision),
        ],
        actor=actor,
        at=at,
    )
    opening = Opening(programme, units, structure(reading), actor=actor, at=at)
    opened = opening.open(tasks)
    opening.add_targets(reading, {**opened, 0: None})
    opening.add_cadences(reading, {**opened, 0: None})
    ledger.record_many(
        [(facts.FindingRaised(programme.pk, row.pk, row.code, row.decision), row) for row in findings],
        actor=actor,
        at=at,
    )
    indexing.index_programme(programme, revision)
    indexing.index_tasks(list(opened.values()))
    finish(draft, programme)
    return programme


def _new_programme(draft: ImportDraft, at: datetime) -> Programme:
    reading = draft.reading
    programme = Programme(
        title=reading["title"],
        issuer=reading["issuer"] or "",
        document_number=reading["document_number"] or "",
        issued_on=day(reading["issued_on"]),
        key=plan_key(reading),
        digest=draft.digest,
        started_at=at,
    )
    try:
        with transaction.atomic():
            programme.save()
    except IntegrityError as error:
        raise _already_running() from error
    return programme


def _already_running() -> Conflict:
    return Conflict("这份方案刚刚已由他人启动，您的这次启动没有执行。", remedy="如内容不同，请把这份导入稿改作修订。")


def new_revision(draft: ImportDraft, programme: Programme, number: int, *, actor: Actor, at: datetime) -> Revision:
    """登记版本: raises `Conflict` where that number was taken at the same moment."""
    revision = Revision(
        programme=programme,
        number=number,
        document=draft.document,
        digest=draft.digest,
        filename=draft.filename,
        reading=draft.original,
        lines=draft.lines,
        applied_by=actor.id,
        applied_at=at,
    )
    try:
        with transaction.atomic():
            revision.save()
    except IntegrityError as error:
        raise Conflict("方案刚刚已由他人修订，您的这次修订没有执行。", remedy="请刷新差异页面后重新确认。") from error
    return revision


def finding_row(programme: Programme, revision: Revision, finding: Mapping[str, Any]) -> Finding:
    """疑点 as a row, with the decision that the draft holds."""
    decision = decision_of(finding)
    decided = decision != Finding.Decision.OPEN
    return Finding(
        programme=programme,
        revision=revision,
        code=finding["code"][:60],
        severity=finding["severity"][:8],
        line=finding["line"],
        excerpt=finding["excerpt"],
        message=finding["message"],
        suggestion=finding["suggestion"],
        decision=decision,
        decided_by=finding.get("decided_by", "") if decided else "",
        decided_at=datetime.fromisoformat(finding["decided_at"]) if decided else None,
    )


def finish(draft: ImportDraft, programme: Programme) -> None:
    """导入稿办结: what it became stays readable from it."""
    draft.state, draft.programme = ImportDraft.State.STARTED, programme
    draft.version += 1
    draft.save(update_fields=["state", "programme", "version"])
