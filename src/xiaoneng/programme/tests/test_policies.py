"""谁可以: truth tables over the personas."""

from __future__ import annotations

from datetime import timedelta

import pytest

from xiaoneng.foundation.actors import Actor
from xiaoneng.kernel.ledger import api as ledger
from xiaoneng.kernel.organisation import api as organisation
from xiaoneng.kernel.organisation.testing import NOW, Office
from xiaoneng.programme import policies
from xiaoneng.programme.domain import STEPS, Relation, TaskState
from xiaoneng.programme.models import Programme, Task
from xiaoneng.programme.visibility import detailed_tasks, visible_programmes, visible_tasks

PERSONAS = ("承办人", "审核人", "局外人", "领导", "督查", "管理员", "公众")

# Task 3 is led by 综合一处 (承办人, 审核人), supported by 综合二处 (局外人); task 2 is led by 督查室 alone.
RELATIONS = {
    ("承办人", 3): {"lead_handler"},
    ("审核人", 3): {"lead_head"},
    ("局外人", 3): {"support"},
    ("领导", 3): {"leader"},
    ("督查", 3): {"supervision"},
    ("管理员", 3): set(),
    ("公众", 3): set(),
    ("承办人", 2): set(),
    ("审核人", 2): set(),
    ("局外人", 2): set(),
    # Task 4 is for "各综合处": both 综合一处 and 综合二处 belong.
    ("承办人", 4): {"lead_handler"},
    ("审核人", 4): {"lead_head"},
    ("局外人", 4): {"lead_handler"},
    # Task 1: 综合一处 supports.
    ("承办人", 1): {"support"},
    ("审核人", 1): {"support"},
    ("局外人", 1): set(),
}


def held(office: Office, programme: Programme, persona: str, number: int) -> dict[Relation, Actor]:
    task = programme.tasks.get(number=number)
    who = policies.standing(organisation.actor_of(office.personas[persona]), NOW)
    return policies.relations(who, task, list(task.assignments.all()))


@pytest.mark.parametrize(("persona", "number"), RELATIONS)
def test_relations(office: Office, programme: Programme, persona: str, number: int) -> None:
    assert set(held(office, programme, persona, number)) == RELATIONS[persona, number]


# step → who may take it on task 3 (承办人 leads as handler, 审核人 as head, 局外人 supports)
STEP_TABLE = {
    "start": {"承办人", "审核人", "督查"},
    "propose": {"承办人", "审核人"},
    "confirm": {"审核人", "督查"},
    "return": {"审核人", "督查", "领导"},
    "reopen": {"督查", "领导"},
}


@pytest.mark.parametrize("name", STEPS)
def test_steps_belong_to_their_relations(office: Office, programme: Programme, name: str) -> None:
    task, step = programme.tasks.get(number=3), STEPS[name]
    task.state = next(iter(step.of))
    allowed = set()
    for persona in PERSONAS:
        answer = policies.may_take(programme, task, step, held(office, programme, persona, 3))
        assert answer or answer.reason
        if answer:
            allowed.add(persona)
    assert allowed == STEP_TABLE[name]


@pytest.mark.parametrize("state", TaskState.values)
@pytest.mark.parametrize("name", STEPS)
def test_a_step_leads_only_from_its_state(office: Office, programme: Programme, state: str, name: str) -> None:
    task = programme.tasks.get(number=3)
    task.state = state
    everybody = dict.fromkeys(policies.ORDER, Actor("person:1"))
    assert bool(policies.may_take(programme, task, STEPS[name], everybody)) == (state in STEPS[name].of)


def test_every_state_can_be_reached_and_left() -> None:
    reached = {TaskState.WAITING} | {step.to for step in STEPS.values()}
    left = {state for step in STEPS.values() for state in step.of}
    assert reached == set(TaskState) - {TaskState.WITHDRAWN}
    assert left == reached


# persona → programmes seen, tasks seen, tasks whose work is seen
SIGHT = {
    "承办人": (1, 4, {1, 3, 4}),
    "审核人": (1, 4, {1, 3, 4}),
    "局外人": (1, 4, {3, 4}),
    "领导": (1, 4, {1, 2, 3, 4}),
    "督查": (1, 4, {1, 2, 3, 4}),
    "管理员": (0, 0, set()),
    "公众": (0, 0, set()),
}


@pytest.mark.parametrize("persona", PERSONAS)
def test_sight(office: Office, programme: Programme, persona: str) -> None:
    viewer = office.personas[persona]
    plans, tasks, details = SIGHT[persona]
    assert visible_programmes(viewer, NOW).count() == plans
    assert visible_tasks(viewer, NOW).count() == tasks
    assert set(detailed_tasks(viewer, NOW).values_list("number", flat=True)) == details


@pytest.mark.parametrize("persona", PERSONAS)
def test_the_rule_says_the_same_of_one_task_and_of_all(office: Office, programme: Programme, persona: str) -> None:
    who = policies.standing(organisation.actor_of(office.personas[persona]), NOW)
    one_by_one = {
        task.number for task in Task.objects.all() if policies.may_see_details(who, list(task.assignments.all()))
    }
    assert one_by_one == SIGHT[persona][2]


def test_b_acts_for_a_only_while_a_is_away(office: Office, programme: Programme) -> None:
    programme.tasks.filter(number=3).update(handler=office.handler)
    assert set(held_by(office, programme)) == {"lead_handler"}
    office.handler.leaves.create(reason="leave", starts_at=NOW - timedelta(days=1), ends_at=NOW + timedelta(days=1))
    relations = held_by(office, programme)
    assert set(relations) == {"lead_handler", "handler"}
    assert relations["handler"].acting_for == organisation.person_id(office.handler)
    assert relations["lead_handler"].acting_for == ""


def held_by(office: Office, programme: Programme) -> dict[Relation, Actor]:
    task = programme.tasks.get(number=3)
    who = policies.standing(organisation.actor_of(office.partner), NOW)
    return policies.relations(who, task, list(task.assignments.all()))


@pytest.mark.parametrize("given", ["person:999999", "person:", "person:x", "person:" + "9" * 40, "machine:1"])
def test_an_unknown_actor_stands_nowhere(office: Office, programme: Programme, given: str) -> None:
    who = policies.standing(Actor(given), NOW)
    assert who.authorities == ()
    assert not policies.may_manage(who)


@pytest.mark.parametrize("persona", PERSONAS)
def test_the_ledger_shows_content_by_the_same_rule(office: Office, programme: Programme, persona: str) -> None:
    client, viewer = office.client(office.personas[persona]), office.personas[persona]
    for task in programme.tasks.all():
        entry = ledger.history(task)[0]
        page = client.get(entry.url).content.decode()
        shown = detailed_tasks(viewer, NOW).filter(pk=task.pk).exists()
        assert ("task_opened" in page and f"&quot;number&quot;: {task.number}" in page) == shown
