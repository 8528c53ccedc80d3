from __future__ import annotations

import copy

import pytest

from xiaoneng.foundation.actors import SYSTEM
from xiaoneng.foundation.refusals import Conflict, Refused
from xiaoneng.kernel.ledger import api as ledger
from xiaoneng.kernel.organisation import api as organisation
from xiaoneng.kernel.organisation.testing import NOW, Office
from xiaoneng.kernel.search import api as search
from xiaoneng.programme.models import Finding, ImportDraft, Programme, Task, TaskUnit
from xiaoneng.programme.services import drafts, programmes, starting
from xiaoneng.programme.testing import make_draft, plan_reading, start_programme, task_reading


def kinds(row: ledger.Ledgered) -> list[str]:
    return [entry.kind for entry in ledger.history(row)]


def test_everything_of_a_plan_starts_with_its_events(office: Office, programme: Programme) -> None:
    assert [action.title for action in programme.actions.all()] == ["(一)依法办事行动", "(二)提速行动"]
    assert [(m.number, m.title) for m in programme.measures.all()] == [(1, "规范履职"), (2, "畅通渠道")]
    tasks = list(programme.tasks.all())
    assert [(t.number, t.state, t.progress) for t in tasks] == [(n, "waiting", 0) for n in (1, 2, 3, 4)]
    assert tasks[0].deadline is not None
    assert tasks[0].deadline.isoformat() == "2026-06-30"
    assert kinds(programme) == ["programme.started"]
    for task in tasks:
        assert kinds(task) == ["programme.task_opened"]
        assert all(kinds(row) == ["programme.unit_assigned"] for row in task.assignments.all())
    assert [kinds(row) for row in programme.targets.all()] == [["programme.target_set"]]
    assert [kinds(row) for row in programme.cadences.all()] == [["programme.cadence_set"]]
    assert [kinds(row) for row in programme.findings.all()] == [["programme.finding_raised"]] * 2
    assert [kinds(row) for row in programme.revisions.all()] == [["programme.imported"]]


def test_units_are_matched_and_groups_stay_groups(office: Office, programme: Programme) -> None:
    rows = TaskUnit.objects.select_related("unit", "group")
    said = {(r.task.number, r.part, r.unit.name if r.unit else "", r.group.name if r.group else "") for r in rows}
    assert said == {
        (1, "lead", "政务公开和新闻联络处", ""),
        (1, "support", "综合一处", ""),
        (2, "lead", "督查室", ""),
        (3, "lead", "综合一处", ""),
        (3, "support", "综合二处", ""),
        (4, "lead", "", "各综合处"),
    }


def test_a_new_unit_is_set_up_under_the_issuing_office(office: Office) -> None:
    reading = plan_reading(
        tasks=[task_reading(1, "维护政务网络", lead_units=["电子政务和信息处"])], targets=[], cadences=[]
    )
    start_programme(reading)
    unit = organisation.unit_by_name("电子政务和信息处", NOW)
    assert unit is not None
    assert unit.parent == office.root


def test_a_name_that_resembles_a_unit_must_be_settled_by_a_person(office: Office) -> None:
    reading = plan_reading(
        tasks=[task_reading(1, "办理督查事项", lead_units=["政务公开与新闻联络处"])], targets=[], cadences=[]
    )
    draft = make_draft(reading)
    actor = organisation.actor_of(office.supervisor)
    with pytest.raises(Refused, match="需要确认"):
        starting.start(draft.pk, version=1, actor=actor, at=NOW)
    unit = office.units["政务公开和新闻联络处"]
    choices = {"政务公开与新闻联络处": ("unit", unit.pk)}
    drafts.choose_units(draft.pk, choices=choices, version=1, actor=actor, at=NOW)
    programme = starting.start(draft.pk, version=2, actor=actor, at=NOW)
    assert TaskUnit.objects.get(task__programme=programme).unit == unit
    assert organisation.unit_by_name("政务公开与新闻联络处", NOW) == unit


def test_the_same_plan_starts_once(office: Office, programme: Programme) -> None:
    draft = make_draft(text="另一份文件，同一文号")
    assert draft.revises == programme
    draft.revises, draft.base = None, None
    draft.save()
    with pytest.raises(Conflict, match="已由他人启动"):
        starting.start(draft.pk, version=1, assume=True, actor=SYSTEM, at=NOW)
    assert Programme.objects.count() == 1
    assert Task.objects.count() == 4


def test_the_same_file_under_another_title_starts_once(office: Office, programme: Programme) -> None:
    draft = make_draft(plan_reading(title="另一个标题", document_number="云政办发〔2026〕99号"))
    assert draft.revises == programme


def test_a_draft_starts_once(office: Office) -> None:
    draft = make_draft()
    starting.start(draft.pk, version=1, assume=True, actor=SYSTEM, at=NOW)
    with pytest.raises(Conflict, match="已启动"):
        starting.start(draft.pk, version=1, assume=True, actor=SYSTEM, at=NOW)
    draft.refresh_from_db()
    assert draft.state == ImportDraft.State.STARTED


def test_after_its_end_the_plan_may_start_anew(office: Office, programme: Programme) -> None:
    programmes.close(programme.pk, actor=organisation.actor_of(office.leader), at=NOW)
    programme.refresh_from_db()
    assert programme.state == Programme.State.CLOSED
    assert kinds(programme)[0] == "programme.closed"
    assert start_programme().pk != programme.pk


@pytest.mark.parametrize("persona", ["handler", "reviewer", "outsider", "admin"])
def test_only_supervision_and_leaders_start_a_programme(office: Office, persona: str) -> None:
    draft = make_draft()
    with pytest.raises(Refused, match="督查或领导"):
        starting.start(draft.pk, version=1, actor=organisation.actor_of(getattr(office, persona)), at=NOW)
    assert not Programme.objects.exists()


def test_a_plan_whose_every_task_is_left_out_does_not_start(office: Office) -> None:
    reading = plan_reading()
    for task in reading["tasks"]:
        task["skip"] = True
    with pytest.raises(Refused, match="没有要导入的任务"):
        starting.start(make_draft(reading).pk, version=1, actor=SYSTEM, at=NOW)


def test_decisions_of_the_draft_are_kept_with_who_decided(office: Office) -> None:
    draft = make_draft()
    actor = organisation.actor_of(office.supervisor)
    drafts.decide_finding(draft.pk, index=0, decision="accepted", version=1, actor=actor, at=NOW)
    programme = starting.start(draft.pk, version=2, actor=actor, at=NOW)
    first, second = programme.findings.all()
    assert (first.decision, first.decided_by) == (Finding.Decision.ACCEPTED, actor.id)
    assert second.decision == Finding.Decision.OPEN
    assert programme.tasks.get(number=2).steps == "一月一通报，两月一调度"


def test_what_was_started_can_be_found(office: Office, programme: Programme) -> None:
    found = search.search("证明", viewer=office.handler)
    assert [(hit.kind, hit.object_id) for hit in found.hits] == [("programme.task", programme.tasks.get(number=4).pk)]
    assert not search.search("证明", viewer=office.admin).hits


def test_an_invalid_cadence_starts_nothing(office: Office) -> None:
    reading = plan_reading(cadences=[{"task": 2, "text": "每秒一报", "rrule": "FREQ=SECONDLY"}])
    with pytest.raises(Refused, match="每日一次"):
        start_programme(reading)
    assert not Programme.objects.exists()
    assert not Task.objects.exists()


def test_two_measures_that_differ_in_the_annex_spelling_are_one(office: Office) -> None:
    reading = copy.deepcopy(plan_reading())
    reading["tasks"][2]["action"] = "(二)提速增资行动"
    programme = start_programme(reading)
    assert programme.actions.count() == 2
    assert programme.measures.count() == 2
