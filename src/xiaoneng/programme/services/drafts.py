"""导入稿: a document comes in, is read, and is corrected by people before it starts."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import PurePath
from typing import Any, BinaryIO

from django.db import transaction
from django.db.models import Q

from xiaoneng.foundation.actors import Actor
from xiaoneng.foundation.refusals import Conflict, Refused, Unreadable
from xiaoneng.kernel.documents import api as documents
from xiaoneng.kernel.organisation import api as organisation
from xiaoneng.programme import policies
from xiaoneng.programme.importing import edits
from xiaoneng.programme.importing.identity import plan_key
from xiaoneng.programme.importing.lines import lines_of
from xiaoneng.programme.importing.worker import plan_of
from xiaoneng.programme.models import Finding, ImportDraft, Programme, Revision

CHOICES = ("unit", "create", "group")


def receive(*, content: bytes | BinaryIO, filename: str, actor: Actor, at: datetime) -> ImportDraft:
    """收文: store and read a document; the answer is a draft, or `Unreadable` with what is wrong with the file.

    A document that a running programme came from (the same file, or the same plan) becomes a draft of its revision.
    """
    who = policies.standing(actor, at)
    policies.may_manage(who).require()
    stored = documents.store(content=content, filename=filename, actor=actor, at=at)
    # Outside any transaction: reading may take seconds, and nobody else should wait for it.
    document = documents.read(stored)
    reading = as_reading(plan_of(document), filename=stored.filename)
    with transaction.atomic():
        same = running_like(stored.sha256, plan_key(reading))
        draft = ImportDraft(
            document=stored,
            digest=stored.sha256,
            filename=stored.filename,
            created_by_id=who.person_id,
            created_at=at,
            original=reading,
            reading=reading,
            lines=lines_of(document),
        )
        if same is not None:
            as_revision(draft, same)
        draft.save()
    return draft


def as_reading(data: dict[str, Any], *, filename: str) -> dict[str, Any]:
    """读出的内容 as JSON; raises `Unreadable` where no task was found. A plan without a title is called by its file."""
    reading: dict[str, Any] = json.loads(json.dumps(data, ensure_ascii=False).replace("\\u0000", ""))
    if not reading["tasks"]:
        raise Unreadable(
            "这份文件里没有读到任务。",
            remedy="请确认它是工作方案：有任务分解表，或有“责任单位：……”“……牵头”等分工表述。",
        )
    reading["title"] = (reading["title"] or PurePath(filename).stem or "未命名方案")[:300]
    return reading


def running_like(digest: str, key: str) -> Programme | None:
    """运行中的同一方案: from the same file (any revision of it), or with the same identity."""
    same = Q(key=key) | Q(digest=digest) | Q(pk__in=Revision.objects.filter(digest=digest).values("programme"))
    return Programme.objects.filter(same, state=Programme.State.RUNNING).order_by("-started_at").first()


def running_file(digest: str) -> Programme | None:
    """运行中的方案 whose present version is exactly this file."""
    found = running_like(digest, "")
    latest = found.revisions.order_by("-number").first() if found is not None else None
    return found if latest is not None and latest.digest == digest else None


def waiting_revision(digest: str) -> ImportDraft | None:
    """待确认的修订稿 of exactly this file."""
    return ImportDraft.objects.filter(digest=digest, state=ImportDraft.State.OPEN, revises__isnull=False).first()


def as_revision(draft: ImportDraft, programme: Programme) -> None:
    """作为修订: the draft will change that programme; what was decided on the same findings before is kept."""
    latest = programme.revisions.order_by("-number").first()
    if latest is None:
        raise Conflict("该方案没有可修订的版本。")
    draft.revises, draft.base = programme, latest.number
    decided = {
        (row.code, row.excerpt, row.suggestion): row
        for row in programme.findings.exclude(decision=Finding.Decision.OPEN)
    }
    for finding in draft.reading["findings"]:
        row = decided.get((finding["code"], finding["excerpt"], finding["suggestion"]))
        if row is not None and edits.decision_of(finding) == "open" and row.decided_at is not None:
            finding |= {
                "decision": row.decision,
                "decided_by": row.decided_by,
                "decided_at": row.decided_at.isoformat(),
                "carried": True,
            }


@transaction.atomic
def turn_into_revision(draft_id: int, *, version: int, actor: Actor, at: datetime) -> ImportDraft:
    """改作修订: for a draft whose plan somebody else has started (or revised) in the meantime."""
    draft = locked(draft_id, version=version, actor=actor, at=at)
    same = draft.revises or running_like(draft.digest, plan_key(draft.reading))
    if same is None:
        raise Refused("没有运行中的同一方案，可以直接启动。")
    as_revision(draft, same)
    return _saved(draft)


def edit_task(
    draft_id: int, *, number: int, values: dict[str, Any], version: int, actor: Actor, at: datetime
) -> ImportDraft:
    """修改草稿任务."""
    return _edit(draft_id, lambda reading: edits.edit_task(reading, number, values), version, actor, at)


def edit_targets(
    draft_id: int, *, number: int, rows: Sequence[Mapping[str, str]], version: int, actor: Actor, at: datetime
) -> ImportDraft:
    """修改草稿目标."""
    return _edit(draft_id, lambda reading: edits.edit_targets(reading, number, rows), version, actor, at)


def edit_header(draft_id: int, *, values: dict[str, str], version: int, actor: Actor, at: datetime) -> ImportDraft:
    """修改草稿的标题、文号等."""
    return _edit(draft_id, lambda reading: edits.edit_header(reading, values), version, actor, at)


def decide_finding(
    draft_id: int, *, index: int, decision: str, version: int, actor: Actor, at: datetime
) -> ImportDraft:
    """处理草稿疑点: accepted, rejected, or open again."""
    if decision not in Finding.Decision.values:
        raise Refused("疑点只能采纳、不采纳或恢复为待处理。")
    return _edit(
        draft_id,
        lambda reading: edits.decide(reading, index, decision, by=actor.id, at=at.isoformat()),
        version,
        actor,
        at,
    )


@transaction.atomic
def choose_units(
    draft_id: int, *, choices: Mapping[str, tuple[str, int | None]], version: int, actor: Actor, at: datetime
) -> ImportDraft:
    """单位对照: for each name, an existing unit, a new unit, or a group of units."""
    draft = locked(draft_id, version=version, actor=actor, at=at)
    known = set(edits.unit_names(draft.reading))
    existing = set(organisation.units(at).values_list("pk", flat=True))
    for name, (use, unit_id) in choices.items():
        if name not in known:
            continue
        if use not in CHOICES or (use == "unit" and unit_id not in existing):
            raise Refused(f"“{name}”对应的单位无效。", remedy="请重新选择。")
        draft.units[name] = {"use": use, "id": unit_id} if use == "unit" else {"use": use}
    return _saved(draft)


@transaction.atomic
def discard(draft_id: int, *, version: int, actor: Actor, at: datetime) -> ImportDraft:
    """放弃导入稿."""
    draft = locked(draft_id, version=version, actor=actor, at=at)
    draft.state = ImportDraft.State.DISCARDED
    return _saved(draft)


def locked(draft_id: int, *, version: int, actor: Actor, at: datetime) -> ImportDraft:
    """取导入稿 for a change: raises `Conflict` where somebody else was first."""
    policies.may_manage(policies.standing(actor, at)).require()
    draft = (
        ImportDraft.objects.select_for_update(of=("self",))
        .select_related("document", "revises", "programme")
        .filter(pk=draft_id)
        .first()
    )
    if draft is None:
        raise Refused("没有这份导入稿。")
    if draft.state != ImportDraft.State.OPEN:
        raise Conflict(f"这份导入稿{draft.get_state_display()}，不能再修改。")
    if draft.version != version:
        raise Conflict("这份导入稿刚被他人修改过，您的这次修改没有保存。", remedy="请刷新页面，在最新内容上重新修改。")
    return draft


@transaction.atomic
def _edit(
    draft_id: int, change: Callable[[dict[str, Any]], dict[str, Any]], version: int, actor: Actor, at: datetime
) -> ImportDraft:
    draft = locked(draft_id, version=version, actor=actor, at=at)
    draft.reading = change(draft.reading)
    return _saved(draft)


def _saved(draft: ImportDraft) -> ImportDraft:
    draft.version += 1
    draft.save()
    return draft
