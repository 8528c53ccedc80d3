from __future__ import annotations

import pytest

from xiaoneng.foundation.refusals import Conflict, Refused
from xiaoneng.kernel.ledger import api as ledger
from xiaoneng.kernel.organisation import api as organisation
from xiaoneng.kernel.organisation.testing import NOW, Office
from xiaoneng.programme.models import Finding, Programme
from xiaoneng.programme.services import programmes


def test_accepting_puts_the_suggestion_into_the_task(office: Office, programme: Programme) -> None:
    finding = programme.findings.get(code="near-miss")
    actor = organisation.actor_of(office.supervisor)
    decided = programmes.decide_finding(finding.pk, decision="accepted", actor=actor, at=NOW)
    task = programme.tasks.get(number=2)
    assert task.steps == "一月一通报，两月一调度"
    assert decided.decision == Finding.Decision.ACCEPTED
    assert ledger.history(finding)[0].kind == "programme.finding_decided"
    newest = ledger.history(task)[0]
    assert (newest.kind, newest.payload["fields"], newest.actor) == ("programme.task_changed", ["steps"], actor.id)


def test_rejecting_changes_no_task(office: Office, programme: Programme) -> None:
    finding = programme.findings.get(code="near-miss")
    programmes.decide_finding(finding.pk, decision="rejected", actor=organisation.actor_of(office.leader), at=NOW)
    assert programme.tasks.get(number=2).steps == "一月一通报，两月一高度"


def test_a_finding_is_decided_once(office: Office, programme: Programme) -> None:
    finding = programme.findings.get(code="near-miss")
    actor = organisation.actor_of(office.supervisor)
    programmes.decide_finding(finding.pk, decision="rejected", actor=actor, at=NOW)
    with pytest.raises(Conflict, match="不能重复处理"):
        programmes.decide_finding(finding.pk, decision="accepted", actor=actor, at=NOW)


@pytest.mark.parametrize("persona", ["handler", "reviewer", "outsider", "admin", "partner"])
def test_others_decide_nothing(office: Office, programme: Programme, persona: str) -> None:
    finding = programme.findings.get(code="near-miss")
    with pytest.raises(Refused, match="督查或领导"):
        programmes.decide_finding(
            finding.pk, decision="accepted", actor=organisation.actor_of(getattr(office, persona)), at=NOW
        )
    finding.refresh_from_db()
    assert finding.decision == Finding.Decision.OPEN
