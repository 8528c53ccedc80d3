"""修订: a newer document changes a running programme; history, progress and people's own edits stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from xiaoneng.events import programme as facts
from xiaoneng.foundation.actors import Actor
from xiaoneng.foundation.refusals import Conflict, Refused
from xiaoneng.kernel.ledger import api as ledger
from xiaoneng.programme import indexing, policies
from xiaoneng.programme.importing.difference import Difference, difference, kept, target_sentence
from xiaoneng.programme.importing.edits import unit_names
from xiaoneng.programme.importing.identity import plan_key
from xiaoneng.programme.importing.structure import structure
from xiaoneng.programme.models import Cadence, Finding, ImportDraft, Programme, Revision, Target, Task
from xiaoneng.programme.services.drafts import locked
from xiaoneng.programme.services.opening import Opening, day, task_values
from xiaoneng.programme.services.starting import finding_row, finish, new_revision
from xiaoneng.programme.services.units import settle

ASIDE = 10_000_000
COLUMNS = {
    "task": "title",
    "steps": "steps",
    "target": "target",
    "text": "text",
    "deadline": "deadline",
    "deadline_text": "deadline_text",
    "joint": "joint",
    "others": "others",
}


def difference_of(draft: ImportDraft) -> Difference:
    """修订的差异: the draft against the reading that its programme's last revision was made from."""
    if draft.revises is None or draft.base is None:
        raise Refused("这份导入稿不是修订。")
    base = Revision.objects.filter(programme=draft.revises, number=draft.base).first()
    if base is None:
        raise Conflict("方案的原版本已不存在。")
    return difference(base.reading, draft.reading)


@transaction.atomic
def revise(draft_id: int, *, version: int, assume: bool = False, actor: Actor, at: datetime) -> Programme:
    """修订方案: apply the difference in one transaction.

    Only what differs between the two documents is touched, so that a target corrected by hand or an accepted finding
    stays. Raises `Conflict` where somebody else revised the programme since the draft was made.
    """
    draft = locked(draft_id, version=version, actor=actor, at=at)
    if draft.revises is None:
        raise Refused("这份导入稿不是修订。", remedy="请直接启动。")
    programme = Programme.objects.select_for_update().get(pk=draft.revises.pk)
    policies.may_touch(programme).require()
    latest = programme.revisions.order_by("-number").first()
    if latest is None or latest.number != draft.base:
        raise Conflict(
            "方案在您核对期间已由他人修订，您的这次修订没有执行。", remedy="请刷新差异页面，按最新版本重新核对。"
        )
    found = difference(latest.reading, draft.reading)
    if not kept(draft.reading):
        raise Refused("修订后没有任何任务。", remedy="请至少保留一项任务，或结束该方案。")
    revision = new_revision(draft, programme, latest.number + 1, actor=actor, at=at)
    return _Revising(draft, programme, revision, found, actor=actor, at=at, assume=assume).apply()


class _Revising:
    """One revision within its transaction."""

    def __init__(
        self,
        draft: ImportDraft,
        programme: Programme,
        revision: Revision,
        found: Difference,
        *,
        actor: Actor,
        at: datetime,
        assume: bool,
    ) -> None:
        self.draft, self.programme, self.revision, self.found = draft, programme, revision, found
        self.actor, self.at = actor, at
        reading = draft.reading
        names = unit_names(reading)
        units = settle(names, draft.units, issuer=reading["issuer"] or "", assume=assume, actor=actor, at=at)
        self.opening = Opening(programme, units, structure(reading), actor=actor, at=at)
        self.reading = reading
        self.by_number = {task["number"]: task for task in kept(reading)}
        live = programme.tasks.select_for_update(of=("self",)).exclude(state=Task.State.WITHDRAWN)
        self.rows = {row.number: row for row in live}
        self.events: list[tuple[Any, ledger.Ledgered | None]] = []

    def apply(self) -> Programme:
        # Numbers are unique at every moment: all step aside before anybody takes a new one.
        self.programme.tasks.exclude(state=Task.State.WITHDRAWN).update(number=F("number") + ASIDE)
        self._withdraw()
        changed = self._change()
        opened = self.opening.open(self.found.added)
        self.opening.add_targets(self.reading, opened)
        self.opening.add_cadences(self.reading, opened)
        self._header()
        self._findings()
        self.events.append(
            (
                facts.PlanImported(
                    self.programme.pk,
                    self.revision.pk,
                    self.revision.number,
                    self.draft.digest,
                    len(opened),
                    len(self.found.changed),
                    len(self.found.withdrawn),
                ),
                self.revision,
            )
        )
        ledger.record_many(self.events, actor=self.actor, at=self.at)
        indexing.index_tasks([*changed, *opened.values()])
        indexing.index_programme(self.programme, self.revision)
        finish(self.draft, self.programme)
        return self.programme

    def _withdraw(self) -> None:
        gone = [row for task in self.found.withdrawn if (row := self.rows.get(task["number"])) is not None]
        for row in gone:
            before, row.state, row.changed_at = row.state, Task.State.WITHDRAWN, self.at
            row.save(update_fields=["state", "changed_at"])
            row.refresh_from_db(fields=["number"])
            self.events.append((facts.TaskMoved(row.pk, "withdraw", before, row.state), row))
        indexing.forget_tasks(gone)

    def _change(self) -> list[Task]:
        """Renumber every task that stays, and put the changed fields in."""
        reworded = []
        old_targets = _grouped(self.programme.targets.all())
        old_cadences = _grouped(self.programme.cadences.all())
        for pair in self.found.pairs:
            row = self.rows.get(pair.old)
            if row is None:
                continue
            task = self.by_number[pair.new]
            values = task_values(task)
            fields = [COLUMNS[c.field] for c in pair.changes if c.field in COLUMNS]
            for name in fields:
                setattr(row, name, values[name])
            if pair.old != pair.new:
                fields.append("number")
            row.number, row.line, row.path = pair.new, values["line"], values["path"]
            row.action, row.measure = self.opening.place(pair.new)
            if fields:
                row.changed_at = self.at
            row.save()
            touched = {change.field for change in pair.changes}
            if touched & {"lead_units", "support_units"}:
                self._reassign(row, task)
            if "targets" in touched:
                self._retarget(row, pair.new, pair.changes, old_targets.get(row.pk, []))
            if "cadences" in touched:
                self._recadence(row, pair.new, pair.changes, old_cadences.get(row.pk, []))
            if fields:
                self.events.append((facts.TaskChanged(row.pk, tuple(fields), self.revision.pk), row))
                reworded.append(row)
        return reworded

    def _reassign(self, row: Task, task: Mapping[str, Any]) -> None:
        wanted = {(a.unit_id, a.group_id): a for a in self.opening.assignments(task, row)}
        new = dict(wanted)
        for old in list(row.assignments.all()):
            kept_as = new.pop((old.unit_id, old.group_id), None)
            if kept_as is None:
                self._drop(facts.UnitReleased(row.pk, old.pk), old)
            elif (old.part, old.name) != (kept_as.part, kept_as.name):
                old.part, old.name, old.order = kept_as.part, kept_as.name, kept_as.order
                old.save()
                fact = facts.UnitAssigned(row.pk, old.pk, old.part, old.unit_id, old.group_id)
                self.events.append((fact, old))
        self.opening.assign(list(new.values()))

    def _retarget(self, row: Task, number: int, changes: Sequence[Any], existing: list[Target]) -> None:
        gone = _gone(changes, "targets")
        for old in existing:
            if sentence_of(old) in gone:
                self._drop(facts.TargetDropped(self.programme.pk, old.pk), old)
        staying = {sentence_of(old) for old in existing} - gone
        fresh = [t for t in self.reading["targets"] if t["task"] == number and target_sentence(t) not in staying]
        self.opening.add_targets({"targets": fresh}, {number: row})

    def _recadence(self, row: Task, number: int, changes: Sequence[Any], existing: list[Cadence]) -> None:
        gone = _gone(changes, "cadences")
        for old in existing:
            if f"{old.text}（{old.rrule}）" in gone:
                self._drop(facts.CadenceDropped(self.programme.pk, old.pk), old)
        staying = {f"{old.text}（{old.rrule}）" for old in existing} - gone
        fresh = [
            c for c in self.reading["cadences"] if c["task"] == number and f"{c['text']}（{c['rrule']}）" not in staying
        ]
        self.opening.add_cadences({"cadences": fresh}, {number: row})

    def _drop(self, fact: Any, row: ledger.Ledgered) -> None:
        ledger.retire(fact, subject=row, actor=self.actor, at=self.at)
        row.delete()

    def _header(self) -> None:
        if not self.found.header:
            return
        programme, reading = self.programme, self.reading
        for change in self.found.header:
            value = day(reading["issued_on"]) if change.field == "issued_on" else reading[change.field] or ""
            setattr(programme, change.field, value)
        programme.key = plan_key(reading)
        try:
            with transaction.atomic():
                programme.save()
        except IntegrityError as error:
            raise Conflict("修订后的标题或文号与另一个运行中的方案相同。", remedy="请核对标题和文号。") from error
        fields = tuple(change.field for change in self.found.header)
        self.events.append((facts.ProgrammeRenamed(programme.pk, fields, self.revision.pk), programme))

    def _findings(self) -> None:
        known = set(self.programme.findings.values_list("code", "line", "excerpt", "suggestion"))
        decided = set(
            self.programme.findings.exclude(decision=Finding.Decision.OPEN).values_list("code", "excerpt", "suggestion")
        )
        rows = []
        for finding in self.reading["findings"]:
            row = finding_row(self.programme, self.revision, finding)
            same_place = (row.code, row.line, row.excerpt, row.suggestion) in known
            if not same_place and (row.code, row.excerpt, row.suggestion) not in decided:
                rows.append(row)
        Finding.objects.bulk_create(rows)
        self.events += [(facts.FindingRaised(self.programme.pk, row.pk, row.code, row.decision), row) for row in rows]


def sentence_of(target: Target) -> str:
    """目标的一句话, as `target_sentence` says it of a reading."""
    return target_sentence(
        {
            "subject": target.subject,
            "measure": target.measure,
            "operator": target.operator,
            "value": target.value,
            "unit": target.unit,
            "period": target.period,
        }
    )


def _gone(changes: Sequence[Any], field: str) -> set[str]:
    change = next(change for change in changes if change.field == field)
    return set(change.before or ()) - set(change.after or ())


def _grouped(rows: Any) -> dict[int | None, list[Any]]:
    grouped: dict[int | None, list[Any]] = {}
    for row in rows:
        grouped.setdefault(row.task_id, []).append(row)
    return grouped
