"""页面: every address for every persona, then the stories behind the forms."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from xiaoneng.kernel.ledger import api as ledger
from xiaoneng.kernel.organisation import api as organisation
from xiaoneng.kernel.organisation.testing import NOW, Office
from xiaoneng.programme.models import Comment, Evidence, ImportDraft, Programme, Task, Update
from xiaoneng.programme.services import work
from xiaoneng.programme.testing import make_draft, plan_reading, start_programme, task_reading
from xiaoneng.programme.urls import urlpatterns

S, M = {"领导", "督查", "承办人", "审核人", "局外人"}, {"领导", "督查"}
# route → (method, who gets in); everybody else: 公众 is sent to sign in, the rest get 403 (404 for hidden work)
GET = {
    "drafts": M,
    "draft": M,
    "draft_difference": M,
    "draft_file": M,
    "programme": S,
    "document": S,
    "document_file": S,
    "export": S,
    "task": S,
    "evidence_file": {"领导", "督查", "承办人", "审核人"},
}
POST = {
    "draft_header": M,
    "draft_units": M,
    "draft_task": M,
    "draft_targets": M,
    "draft_finding": M,
    "draft_start": M,
    "draft_discard": M,
    "close": M,
    "finding": M,
    "task_progress": {"督查", "承办人", "审核人"},
    "task_comment": {"领导", "督查", "承办人", "审核人"},
    "task_evidence": {"督查", "承办人", "审核人"},
    "task_step": {"承办人", "审核人", "督查"},
    "task_handler": {"审核人", "督查"},
    "task_targets": M,
    "task_deadline": M,
}
PERSONAS = ("承办人", "审核人", "局外人", "领导", "督查", "管理员", "公众")


@pytest.fixture
def place(office: Office) -> dict[str, str]:
    """The address of every route, on a plan whose third task is led by 综合一处 alone."""
    reading = plan_reading()
    reading["tasks"][2] |= {"support_units": [], "units": ["综合一处"]}
    programme = start_programme(reading)
    task = programme.tasks.get(number=3)
    evidence = work.add_evidence(
        task.pk, content="附件".encode(), filename="附件.txt", actor=organisation.actor_of(office.handler), at=NOW
    )
    draft = make_draft(plan_reading(document_number="云政办发〔2026〕8号"), text="另一份")
    given = {
        "drafts": [],
        "programme": [programme.pk],
        "close": [programme.pk],
        "export": [programme.pk],
        "document": [programme.pk, 1],
        "document_file": [programme.pk, 1],
        "finding": [programme.findings.order_by("pk")[0].pk],
        "evidence_file": [evidence.pk],
        "draft_task": [draft.pk, 1],
        "draft_targets": [draft.pk, 1],
        "draft_finding": [draft.pk, 0],
    }
    addresses = {}
    for pattern in urlpatterns:
        name = str(pattern.name)
        default = [draft.pk] if name.startswith("draft") else [task.pk]
        addresses[name] = reverse(f"programme:{name}", args=given.get(name, default))
    return addresses


def test_the_matrix_names_every_route() -> None:
    assert {pattern.name for pattern in urlpatterns} == GET.keys() | POST.keys()


@pytest.mark.parametrize("persona", PERSONAS)
def test_who_may_read_what(office: Office, place: dict[str, str], persona: str) -> None:
    client = office.client(office.personas[persona])
    for name, allowed in GET.items():
        response = client.get(place[name])
        if persona == "公众":
            assert response.status_code == 302, name
            assert response["Location"].startswith("/accounts/login/")
        elif persona in allowed:
            assert response.status_code in (200, 302), (name, response.status_code)
        else:
            assert response.status_code in (403, 404), (name, response.status_code)


@pytest.mark.parametrize("persona", PERSONAS)
@pytest.mark.parametrize("name", POST)
def test_who_may_do_what(office: Office, place: dict[str, str], persona: str, name: str) -> None:
    client = office.client(office.personas[persona])
    assert client.get(place[name]).status_code in (302, 403, 405)
    response = client.post(place[name], {"step": "start"})
    if persona == "公众":
        assert response["Location"].startswith("/accounts/login/")
    elif persona in POST[name]:
        # Let in: done, or told what is missing in the form.
        assert response.status_code in (302, 422), response.status_code
    else:
        assert response.status_code in (403, 404), response.status_code


def test_hidden_work_is_not_on_the_page(office: Office, place: dict[str, str]) -> None:
    work.comment(Task.objects.get(number=3).pk, text="内部意见甲", actor=organisation.actor_of(office.handler), at=NOW)
    seen = office.client(office.handler).get(place["task"]).content.decode()
    hidden = office.client(office.outsider).get(place["task"]).content.decode()
    assert "内部意见甲" in seen
    assert "附件.txt" in seen
    assert "内部意见甲" not in hidden
    assert "附件.txt" not in hidden
    assert "办理情况只对牵头和配合单位" in hidden


def test_the_work_of_a_task_through_its_forms(office: Office, place: dict[str, str]) -> None:
    client, task = office.client(office.handler), Task.objects.get(number=3)
    assert client.post(place["task_progress"], {"percent": "60", "text": "完成接口联调"}).status_code == 302
    assert client.post(place["task_comment"], {"text": "请综合二处配合测试"}).status_code == 302
    assert client.post(place["task_step"], {"step": "propose"}).status_code == 302
    task.refresh_from_db()
    assert (task.state, task.progress) == (Task.State.PROPOSED, 60)
    assert office.client(office.reviewer).post(place["task_step"], {"step": "confirm"}).status_code == 302
    page = client.get(place["task"]).content.decode()
    assert "确认办结，状态变为“已办结”" in page
    assert "张承办（综合一处）" in page
    assert office.client(office.supervisor).post(place["task_step"], {"step": "confirm"}).status_code == 409


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("task_progress", {"percent": "abc", "text": "x"}),
        ("task_progress", {"percent": "9" * 40, "text": "x"}),
        ("task_progress", {"percent": "１２", "text": "x"}),
        ("task_progress", {"percent": "50", "text": ""}),
        ("task_comment", {"text": "\x00"}),
        ("task_evidence", {}),
    ],
)
def test_bad_input_is_told_and_changes_nothing(
    office: Office, place: dict[str, str], name: str, data: dict[str, str]
) -> None:
    response = office.client(office.handler).post(place[name], data)
    assert response.status_code == 422
    assert not Update.objects.exists()
    assert not Comment.objects.exists()
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize("number", ["0", "999999999", "9" * 30])
def test_addresses_of_nothing(office: Office, place: dict[str, str], number: str) -> None:
    client = office.client(office.supervisor)
    for route in ("task", "import", "evidence", "finding"):
        response = client.get(f"/programme/{route}/{number}/")
        assert response.status_code in (404, 405)
    assert client.get(f"/programme/{number}/").status_code == 404
    assert client.post(f"/programme/task/{number}/comment/", {"text": "x"}).status_code == 404


def test_a_draft_is_looked_over_and_started(office: Office, place: dict[str, str]) -> None:
    client = office.client(office.supervisor)
    draft = ImportDraft.objects.get(state="open")
    page = client.get(place["draft"]).content.decode()
    for words in ("公开年度重点事项清单", "“一高度”疑为“一调度”。", "单位对照", "启动方案"):
        assert words in page
    assert client.post(place["draft_finding"], {"decision": "accepted", "version": 1}).status_code == 302
    edited = {"version": 2, "task": "公开清单", "lead_units": "督查室", "deadline": "2026-07-31"}
    assert client.post(place["draft_task"], edited).status_code == 302
    rows = {"version": 3, "measure": ["公开率"], "operator": [">="], "value": ["95"], "unit": ["%"]}
    assert client.post(place["draft_targets"], rows).status_code == 302
    assert client.post(place["draft_header"], {"version": 4, "title": "第二个方案"}).status_code == 302
    stale = client.post(place["draft_task"], edited)
    assert stale.status_code == 409
    assert "他人修改" in stale.content.decode()
    response = client.post(place["draft_start"], {"version": 5})
    draft.refresh_from_db()
    assert draft.programme is not None
    assert response["Location"] == reverse("programme:programme", args=[draft.programme.pk])
    task = draft.programme.tasks.get(number=1)
    assert (task.title, str(task.deadline), str(task.targets.get().value)) == ("公开清单", "2026-07-31", "95.0000")
    assert ledger.history(draft.programme)[0].actor == organisation.person_id(office.supervisor)
    assert client.post(place["draft_start"], {"version": 5}).status_code == 409


def test_a_discarded_draft_imports_nothing(office: Office, place: dict[str, str]) -> None:
    client = office.client(office.supervisor)
    before = Programme.objects.count()
    assert client.post(place["draft_discard"], {"version": 1}).status_code == 302
    assert client.post(place["draft_start"], {"version": 2}).status_code == 409
    assert Programme.objects.count() == before


def test_a_revision_is_shown_and_confirmed(office: Office, programme: Programme) -> None:
    reading = plan_reading()
    reading["tasks"][0]["deadline"] = "2026-09-30"
    draft = make_draft(reading, text="第二版", at=timezone.now())
    client = office.client(office.leader)
    page = client.get(reverse("programme:draft_difference", args=[draft.pk])).content.decode()
    for words in ("2026-06-30", "2026-09-30", "完成时限", "确认修订"):
        assert words in page
    assert client.post(reverse("programme:draft_start", args=[draft.pk]), {"version": 1}).status_code == 302
    assert str(programme.tasks.get(number=1).deadline) == "2026-09-30"


def test_the_plans_document_shows_its_doubts_in_place(office: Office, programme: Programme) -> None:
    revision = programme.revisions.get()
    revision.lines = [{"line": 20, "text": "一月一通报，两月一高度", "level": 0}]
    revision.save()
    address = reverse("programme:document", args=[programme.pk, 1])
    page = office.client(office.handler).get(address).content.decode()
    assert 'data-decision="open"' in page
    assert "一高度" in page


def queries(office: Office, tasks: int) -> int:
    rows = [task_reading(n, f"第 {n} 件实事", lead_units=["综合一处"]) for n in range(1, tasks + 1)]
    reading = plan_reading(tasks=rows, document_number=f"云政办发〔2026〕{tasks}号", cadences=[])
    programme = start_programme(reading, text=f"{tasks} 件实事")
    client = office.client(office.handler)
    address = reverse("programme:programme", args=[programme.pk])
    with CaptureQueriesContext(connection) as context:
        assert client.get(address).status_code == 200
    return len(context)


def test_a_page_asks_no_query_per_task(office: Office) -> None:
    assert queries(office, 40) <= queries(office, 2)
