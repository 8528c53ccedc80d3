from __future__ import annotations

from xiaoneng.kernel.ledger import api as ledger
from xiaoneng.kernel.organisation.testing import Office
from xiaoneng.programme.models import Programme


def test_everything_of_a_plan_starts_with_its_events(office: Office, programme: Programme) -> None:
    assert [action.title for action in programme.actions.all()] == ["(一)依法办事行动", "(二)提速行动"]
    assert [(m.number, m.title) for m in programme.measures.all()] == [(1, "规范履职"), (2, "畅通渠道")]
    tasks = list(programme.tasks.all())
    assert [task.number for task in tasks] == [1, 2, 3, 4]
    assert {entry.kind for entry in ledger.history(tasks[0])} == {"programme.task_opened"}
    assert {entry.kind for entry in ledger.history(programme)} == {"programme.started"}
