from __future__ import annotations

import copy
from typing import Any

import pytest

from xiaoneng.foundation.refusals import Conflict
from xiaoneng.kernel.ledger import api as ledger
from xiaoneng.kernel.organisation import api as organisation
from xiaoneng.kernel.organisation.testing import NOW, Office
from xiaoneng.programme.models import Programme, Task
from xiaoneng.programme.services import drafts, programmes, revising, work
from xiaoneng.programme.testing import make_draft, plan_reading, task_reading


def changed_plan() -> dict[str, Any]:
    """Task 2 is gone, a task stands first, task 1 has a later deadline, task 3 another supporting unit."""
    reading = copy.deepcopy(plan_reading())
    one, _, three, four = reading["tasks"]
    new = task_reading(
        1, "制定年度培训计划", lead_units=["人事处"], action=one["action"], measure=one["measure"], measure_number=1
    )
    one |= {"deadline": "2026-09-30", "number": 2}
    three |= {"support_units": ["人事处"], "units": ["综合一处", "人事处"]}
    reading["tasks"] = [new, one, three, four]
    reading["targets"][0] |= {"task": 2, "value": 98}
    reading["cadences"] = []
    reading["findings"] = []
    return reading


def revise(office: Office, reading: dict[str, Any], text: str = "第二版") -> Programme:
    draft = make_draft(reading, text=text)
    return revising.revise(draft.pk, version=1, actor=organisation.actor_of(office.supervisor), at=NOW)


def test_a_revision_changes_only_what_changed(office: Office, programme: Programme) -> None:
    first, second, third, fourth = programme.tasks.order_by("number")
    actor = organisation.actor_of(office.handler)
    work.report_progress(third.pk, percent=40, text="已完成需求调研", actor=actor, at=NOW)
    revise(office, changed_plan())
    for row in (first, second, third, fourth):
        row.refresh_from_db()
    assert (first.number, str(first.deadline)) == (2, "2026-09-30")
    assert second.state == Task.State.WITHDRAWN
    assert (third.number, third.progress, third.state) == (3, 40, "running")
    assert {(a.name, a.part) for a in third.assignments.all()} == {("综合一处", "lead"), ("人事处", "support")}
    assert fourth.number == 4
    opened = programme.tasks.get(number=1)
    assert opened.title == "制定年度培训计划"
    assert [str(t.value) for t in first.targets.all()] == ["98.0000"]
    kinds = {row.pk: [entry.kind for entry in ledger.history(row)] for row in (first, second, third, fourth)}
    assert kinds[first.pk][0] == "programme.task_changed"
    assert kinds[second.pk][0] == "programme.task_moved"
    assert "programme.task_moved" in kinds[third.pk]
    assert kinds[fourth.pk] == ["programme.task_opened"]
    assert [r.number for r in programme.revisions.all()] == [2, 1]


def test_the_same_document_again_changes_nothing(office: Office, programme: Programme) -> None:
    draft = make_draft()
    assert draft.revises == programme
    assert not revising.difference_of(draft)


def test_a_correction_made_by_people_survives_a_revision(office: Office, programme: Programme) -> None:
    actor = organisation.actor_of(office.supervisor)
    finding = programme.findings.get(code="near-miss")
    programmes.decide_finding(finding.pk, decision="accepted", actor=actor, at=NOW)
    task = programme.tasks.get(number=1)
    rows = [{"id": str(task.targets.get().pk), "measure": "公开率", "operator": ">=", "value": "95", "unit": "%"}]
    work.set_targets(task.pk, rows=rows, actor=actor, at=NOW)
    reading = plan_reading()
    reading["tasks"][3]["steps"] = "逐项列出清单"
    draft = make_draft(reading, text="第二版")
    assert draft.reading["findings"][0]["decision"] == "accepted"
    revising.revise(draft.pk, version=1, actor=actor, at=NOW)
    assert programme.tasks.get(number=2).steps == "一月一通报，两月一调度"
    assert str(task.targets.get().value) == "95.0000"
    assert programme.tasks.get(number=4).steps == "逐项列出清单"
    assert programme.findings.count() == 2


def test_of_two_revisions_of_one_version_the_second_is_told(office: Office, programme: Programme) -> None:
    reading = plan_reading()
    reading["tasks"][0]["steps"] = "甲"
    other = copy.deepcopy(reading)
    other["tasks"][0]["steps"] = "乙"
    late = make_draft(other, text="第三版")
    revise(office, reading)
    actor = organisation.actor_of(office.leader)
    with pytest.raises(Conflict, match="已由他人修订"):
        revising.revise(late.pk, version=1, actor=actor, at=NOW)
    assert programme.tasks.get(number=1).steps == "甲"
    drafts.turn_into_revision(late.pk, version=1, actor=actor, at=NOW)
    revising.revise(late.pk, version=2, actor=actor, at=NOW)
    assert programme.tasks.get(number=1).steps == "乙"


def test_a_new_title_is_taken_with_its_event(office: Office, programme: Programme) -> None:
    revise(office, plan_reading(title="云溪市政府办公室提质增效行动方案"))
    programme.refresh_from_db()
    assert programme.title == "云溪市政府办公室提质增效行动方案"
    assert ledger.history(programme)[0].payload["fields"] == ["title"]


def test_edits_meet_by_version(office: Office) -> None:
    draft = make_draft()
    actor = organisation.actor_of(office.supervisor)
    drafts.edit_task(draft.pk, number=1, values={"task": "先改"}, version=1, actor=actor, at=NOW)
    with pytest.raises(Conflict, match="他人修改"):
        drafts.edit_task(draft.pk, number=1, values={"task": "后改"}, version=1, actor=actor, at=NOW)
    draft.refresh_from_db()
    assert draft.reading["tasks"][0]["task"] == "先改"
    assert draft.original["tasks"][0]["task"] != "先改"
