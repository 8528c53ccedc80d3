"""办理: each verb changes its rows and the ledger together, and refuses with a reason."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from xiaoneng.foundation.actors import SYSTEM
from xiaoneng.foundation.refusals import Conflict, Refused, Unreadable
from xiaoneng.kernel.ledger import api as ledger
from xiaoneng.kernel.organisation import api as organisation
from xiaoneng.kernel.organisation.testing import NOW, Office
from xiaoneng.programme.models import Comment, Evidence, Programme, Task, Update
from xiaoneng.programme.services import programmes, work


@pytest.fixture
def task(programme: Programme) -> Task:
    """Led by 综合一处, supported by 综合二处."""
    return programme.tasks.get(number=3)


def propose(office: Office, task: Task) -> None:
    actor = organisation.actor_of(office.handler)
    work.report_progress(task.pk, percent=90, text="已上线试运行", actor=actor, at=NOW)
    work.add_evidence(task.pk, content="验收意见".encode(), filename="验收.txt", actor=actor, at=NOW)
    work.take_step(task.pk, step="propose", actor=actor, at=NOW)


def test_progress_begins_the_task(office: Office, task: Task) -> None:
    actor = organisation.actor_of(office.handler)
    update = work.report_progress(task.pk, percent=30, text="已立项", actor=actor, at=NOW)
    task.refresh_from_db()
    assert (task.state, task.progress, task.changed_at) == (Task.State.RUNNING, 30, NOW)
    assert (update.by, update.acting_for) == (actor.id, "")
    kinds = [entry.kind for entry in ledger.history(task, update)]
    assert kinds == ["programme.task_moved", "programme.task_progressed", "programme.task_opened"]


@pytest.mark.parametrize(("percent", "text"), [(-1, "x"), (101, "x"), (50, "  "), (50, "字" * 5001)])
def test_progress_that_cannot_be_taken(office: Office, task: Task, percent: int, text: str) -> None:
    with pytest.raises(Refused):
        work.report_progress(task.pk, percent=percent, text=text, actor=organisation.actor_of(office.handler), at=NOW)
    assert not Update.objects.exists()
    assert len(ledger.history(task)) == 1


@pytest.mark.parametrize("persona", ["管理员", "公众", "领导"])
def test_who_does_not_do_the_work_reports_nothing(office: Office, task: Task, persona: str) -> None:
    actor = organisation.actor_of(office.personas[persona])
    with pytest.raises(Refused):
        work.report_progress(task.pk, percent=30, text="x", actor=actor, at=NOW)
    assert not Update.objects.exists()


def test_the_whole_way_to_done(office: Office, task: Task) -> None:
    propose(office, task)
    task.refresh_from_db()
    assert (task.state, task.proposed_by) == (Task.State.PROPOSED, organisation.person_id(office.handler))
    work.take_step(task.pk, step="confirm", actor=organisation.actor_of(office.reviewer), at=NOW)
    task.refresh_from_db()
    assert (task.state, task.progress) == (Task.State.DONE, 100)
    newest = ledger.history(task)[0]
    assert newest.payload == {"task_id": task.pk, "step": "confirm", "of": "proposed", "to": "done"}
    work.take_step(
        task.pk, step="reopen", reason="群众反映仍需线下跑", actor=organisation.actor_of(office.supervisor), at=NOW
    )
    task.refresh_from_db()
    assert task.state == Task.State.RUNNING
    assert Comment.objects.get().text == "重新办理：群众反映仍需线下跑"


def test_completion_needs_evidence(office: Office, task: Task) -> None:
    actor = organisation.actor_of(office.handler)
    work.take_step(task.pk, step="start", actor=actor, at=NOW)
    with pytest.raises(Refused, match="佐证材料"):
        work.take_step(task.pk, step="propose", actor=actor, at=NOW)
    task.refresh_from_db()
    assert task.state == Task.State.RUNNING


def test_who_proposed_does_not_confirm(office: Office, task: Task) -> None:
    head = organisation.actor_of(office.reviewer)
    work.report_progress(task.pk, percent=100, text="完成", actor=head, at=NOW)
    work.add_evidence(task.pk, content=b"x", filename="a.txt", actor=head, at=NOW)
    work.take_step(task.pk, step="propose", actor=head, at=NOW)
    with pytest.raises(Refused, match="不能自己确认"):
        work.take_step(task.pk, step="confirm", actor=head, at=NOW)
    work.take_step(task.pk, step="confirm", actor=organisation.actor_of(office.supervisor), at=NOW)


def test_a_return_needs_its_reason(office: Office, task: Task) -> None:
    propose(office, task)
    actor = organisation.actor_of(office.supervisor)
    with pytest.raises(Refused, match="理由"):
        work.take_step(task.pk, step="return", reason=" ", actor=actor, at=NOW)
    work.take_step(task.pk, step="return", reason="缺少用户测试记录", actor=actor, at=NOW)
    task.refresh_from_db()
    assert task.state == Task.State.RUNNING


def test_the_second_of_two_confirmations_is_told(office: Office, task: Task) -> None:
    propose(office, task)
    work.take_step(task.pk, step="confirm", actor=organisation.actor_of(office.reviewer), at=NOW)
    with pytest.raises(Conflict, match="刚刚"):
        work.take_step(task.pk, step="confirm", actor=organisation.actor_of(office.supervisor), at=NOW)


def test_b_signs_for_a_who_is_away(office: Office, task: Task) -> None:
    head = organisation.actor_of(office.reviewer)
    work.assign_handler(task.pk, person_id=office.handler.pk, actor=head, at=NOW)
    office.handler.leaves.create(reason="leave", starts_at=NOW - timedelta(days=1), ends_at=NOW + timedelta(days=1))
    update = work.report_progress(
        task.pk, percent=20, text="代为填报", actor=organisation.actor_of(office.partner), at=NOW
    )
    assert (update.by, update.acting_for) == (
        organisation.person_id(office.partner),
        organisation.person_id(office.handler),
    )
    entry = ledger.history(update)[0]
    assert entry.acting_for == organisation.person_id(office.handler)


def test_evidence_is_a_file_with_its_hash_in_the_ledger(office: Office, task: Task) -> None:
    actor = organisation.actor_of(office.outsider)
    made = work.add_evidence(task.pk, content=b"abc", filename="../../etc/passwd", actor=actor, at=NOW)
    assert made.title == "passwd"
    entry = ledger.history(made)[0]
    assert entry.payload["sha256"] == made.document.sha256


def test_empty_evidence_is_refused_and_leaves_nothing(office: Office, task: Task) -> None:
    with pytest.raises(Unreadable):
        work.add_evidence(task.pk, content=b"", filename="空.txt", actor=organisation.actor_of(office.handler), at=NOW)
    assert not Evidence.objects.exists()


def test_a_handler_serves_in_the_tasks_units(office: Office, task: Task) -> None:
    head = organisation.actor_of(office.reviewer)
    work.assign_handler(task.pk, person_id=office.outsider.pk, actor=head, at=NOW)
    task.refresh_from_db()
    assert task.handler == office.outsider
    assert ledger.history(task)[0].kind == "programme.handler_assigned"
    for stranger in (office.admin.pk, 10**9):
        with pytest.raises(Refused, match="在职人员"):
            work.assign_handler(task.pk, person_id=stranger, actor=head, at=NOW)
    work.assign_handler(task.pk, person_id=None, actor=head, at=NOW)
    task.refresh_from_db()
    assert task.handler is None


def test_targets_are_set_by_supervision_only(office: Office, programme: Programme) -> None:
    task = programme.tasks.get(number=1)
    old = task.targets.get()
    rows = [
        {"id": str(old.pk), "measure": "公开率", "operator": ">=", "value": "99", "unit": "%"},
        {"measure": "更新次数", "operator": ">=", "value": "1", "unit": "次", "period": "月"},
    ]
    with pytest.raises(Refused):
        work.set_targets(task.pk, rows=rows, actor=organisation.actor_of(office.handler), at=NOW)
    actor = organisation.actor_of(office.supervisor)
    first, second = work.set_targets(task.pk, rows=rows, actor=actor, at=NOW)
    assert first.pk == old.pk
    assert [entry.payload["value"] for entry in ledger.history(first)] == ["99", "100"]
    work.set_targets(task.pk, rows=rows[:1], actor=actor, at=NOW)
    assert [row.pk for row in task.targets.all()] == [old.pk]
    assert ledger.history(second)[0].kind == "programme.target_dropped"


def test_the_deadline_is_moved_with_its_event(office: Office, task: Task) -> None:
    actor = organisation.actor_of(office.leader)
    work.set_deadline(task.pk, deadline=date(2026, 12, 31), actor=actor, at=NOW)
    task.refresh_from_db()
    assert task.deadline == date(2026, 12, 31)
    assert ledger.history(task)[0].payload["fields"] == ["deadline"]


def test_nothing_moves_in_a_closed_programme(office: Office, task: Task) -> None:
    programmes.close(task.programme_id, actor=organisation.actor_of(office.leader), at=NOW)
    with pytest.raises(Refused, match="已结束"):
        work.report_progress(task.pk, percent=1, text="x", actor=organisation.actor_of(office.handler), at=NOW)
    with pytest.raises(Refused, match="已结束"):
        work.report_progress(task.pk, percent=1, text="x", actor=SYSTEM, at=NOW)


def test_a_task_that_is_not_there(office: Office, programme: Programme) -> None:
    with pytest.raises(Refused, match="没有这项任务"):
        work.comment(10**12, text="x", actor=organisation.actor_of(office.leader), at=NOW)
