"""Every page answers every persona as the rule of visibility says, and asks the database a bounded number of times."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from xiaoneng.kernel.organisation.testing import Office
from xiaoneng.programme.api import Programme, Task
from xiaoneng.programme.testing import plan_reading, start_programme, task_reading

PAGES = ["/", "/board/", "/board/print/", "/offices/", "/calendar/", "/search/?q=督查", "/deadline/"]
STAFF = ["承办人", "审核人", "局外人", "领导", "督查"]


@pytest.mark.parametrize("page", [*PAGES, "/board/tasks.xlsx"])
def test_the_public_is_sent_to_sign_in(office: Office, programme: Programme, page: str) -> None:
    answer = office.client(None).get(page)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", STAFF)
def test_staff_see_every_page(office: Office, programme: Programme, page: str, who: str) -> None:
    assert office.client(office.personas[who]).get(page).status_code == 200


@pytest.mark.parametrize("page", [p for p in PAGES if p not in ("/board/print/",)])
def test_an_administrator_without_a_role_sees_no_task(office: Office, programme: Programme, page: str) -> None:
    body = office.client(office.admin).get(page).content.decode()
    assert "公开年度重点事项清单" not in body
    assert "按月开展督查" not in body
    assert office.client(office.admin).get("/board/tasks.xlsx").status_code == 400
    assert office.client(office.admin).get("/board/print/").status_code == 400


@pytest.mark.parametrize("page", PAGES)
def test_pages_stand_before_any_plan_was_imported(office: Office, page: str) -> None:
    answer = office.client(office.supervisor).get(page)
    assert answer.status_code in (200, 400)
    if page == "/":
        assert "上传方案" in answer.content.decode()


def test_home_offers_no_upload_to_whoever_may_not(office: Office) -> None:
    assert "上传方案" not in office.client(office.handler).get("/").content.decode()


def test_home_shows_what_presses_on_ones_own_unit(office: Office, programme: Programme) -> None:
    today = timezone.localdate()
    own, other = programme.tasks.get(number=1), programme.tasks.get(number=2)
    Task.objects.filter(pk=own.pk).update(deadline=today - timedelta(days=3))
    Task.objects.filter(pk=other.pk).update(deadline=today + timedelta(days=2))
    body = office.client(office.handler).get("/").content.decode()
    assert "逾期 3 天" in body
    assert "按月开展督查" not in body
    assert "按月开展督查" in office.client(office.leader).get("/").content.decode()


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("", ["公开年度重点", "按月开展", "网上办事", "精简各类"], []),
        ("state=running", [], ["公开年度重点"]),
        ("due=undated", ["按月开展"], ["公开年度重点"]),
        ("due_from=2026-06-01&due_until=2026-06-30", ["公开年度重点"], ["按月开展"]),
        ("due_from=2026-07-01", [], ["公开年度重点"]),
        ("unit=mine", ["公开年度重点", "网上办事", "精简各类"], ["按月开展"]),
    ],
)
def test_the_board_shows_what_is_filtered(
    office: Office, programme: Programme, query: str, shown: list[str], hidden: list[str]
) -> None:
    client = office.client(office.handler)
    for page in ("/board/", "/board/print/"):
        body = client.get(f"{page}?{query}").content.decode()
        assert [title for title in shown if title not in body] == []
        assert [title for title in hidden if title in body] == []


def test_the_board_filters_by_unit_and_action(office: Office, programme: Programme) -> None:
    client = office.client(office.leader)
    unit, action = office.units["督查室"], programme.actions.get(order=2)
    by_unit = client.get(f"/board/?unit={unit.pk}").content.decode()
    assert "按月开展" in by_unit
    assert "网上办事" not in by_unit
    by_action = client.get(f"/board/?action={action.pk}").content.decode()
    assert "网上办事" in by_action
    assert "按月开展" not in by_action


SENSELESS = [
    *("state=none", "unit=0", "unit=999999999999999999999", "action=x", "due_from=2026-13-01", "due=never"),
    *("due_from=2026-02-01&due_until=2026-01-01", "due_from=%00", "state=%F0%9F%98%80"),
]


@pytest.mark.parametrize("query", SENSELESS)
def test_a_filter_that_makes_no_sense_is_told_so(office: Office, programme: Programme, query: str) -> None:
    client = office.client(office.leader)
    answer = client.get(f"/board/?{query}")
    assert answer.status_code == 400
    assert "筛选条件有误" in answer.content.decode()
    assert client.get(f"/board/tasks.xlsx?{query}").status_code == 400
    assert client.get(f"/board/print/?{query}").status_code == 400


@pytest.mark.parametrize("after", ["-1", "x", "999999999999999999999999", "", "%00", "³"])
def test_a_cursor_that_makes_no_sense_begins_anew(office: Office, programme: Programme, after: str) -> None:
    client = office.client(office.leader)
    assert "公开年度重点" in client.get(f"/board/?after={after}").content.decode()
    unit = office.units["综合一处"]
    assert client.get(f"/offices/{unit.pk}/?after={after}").status_code == 200


def test_htmx_gets_the_tree_alone(office: Office, programme: Programme) -> None:
    headers = {"HX-Request": "true", "HX-Target": "board"}
    body = office.client(office.leader).get("/board/", headers=headers).content.decode()
    assert "<html" not in body
    assert "按月开展" in body


def test_the_workbook_holds_what_is_filtered(office: Office, programme: Programme) -> None:
    answer = office.client(office.leader).get("/board/tasks.xlsx?due=undated")
    rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))  # type: ignore[union-attr]
    text = str(rows)
    assert "按月开展督查" in text
    assert "公开年度重点" not in text
    assert "filename*=UTF-8''" in answer["Content-Disposition"]


def test_search_finds_two_characters_and_marks_them(office: Office, programme: Programme) -> None:
    body = office.client(office.handler).get("/search/?q=证明").content.decode()
    assert "<mark>证明</mark>" in body
    assert "没有查到" in office.client(office.admin).get("/search/?q=证明").content.decode()


@pytest.mark.parametrize(
    "query", ["q=%00", "q=" + "长" * 500, "q=x&kind=none", "q=证明&page=x", "q=证明&page=99999999999"]
)
def test_any_search_is_answered(office: Office, programme: Programme, query: str) -> None:
    assert office.client(office.handler).get(f"/search/?{query}").status_code == 200


def test_offices_show_their_tasks(office: Office, programme: Programme) -> None:
    client = office.client(office.handler)
    body = client.get("/offices/").content.decode()
    assert "我的单位" in body
    page = client.get(f"/offices/{office.units['督查室'].pk}/").content.decode()
    assert "按月开展" in page
    assert "网上办事" not in page
    assert client.get("/offices/999999999999999999999999/").status_code == 404


@pytest.mark.parametrize(
    ("query", "status", "told"),
    [
        ("", 200, "期限推算"),
        ("start=2016-03-28&amount=20&unit=wd", 200, "2016年4月26日"),
        ("start=2016-09-14&amount=1&unit=wd", 200, "2016年9月18日"),
        ("start=2016-03-28&amount=2&unit=h", 422, "时刻"),
        ("start=2016-03-28&time=09:00&amount=2&unit=h", 200, "11:00"),
        ("start=9999-12-30&amount=20&unit=wd", 422, "9999"),
        ("start=x&amount=0&unit=q", 422, "日期的格式"),
        ("start=2016-03-28&amount=999999&unit=wd", 422, "100000"),
    ],
)
def test_a_deadline_shows_its_working(office: Office, query: str, status: int, told: str) -> None:
    answer = office.client(office.handler).get(f"/deadline/?{query}")
    assert answer.status_code == status
    assert told in answer.content.decode()


@pytest.mark.parametrize("page", ["/", "/board/", "/board/print/", "/board/tasks.xlsx", "/offices/", "/search/?q=任务"])
def test_no_page_asks_more_for_more_tasks(office: Office, page: str) -> None:
    def queries(tasks: int) -> int:
        reading = plan_reading(
            title=f"方案{tasks}",
            document_number=f"云政办发〔2026〕{tasks}号",
            tasks=[task_reading(n, f"第{n}项任务", lead_units=["督查室"]) for n in range(1, tasks + 1)],
            targets=[],
            cadences=[],
            findings=[],
        )
        start_programme(reading, text=f"方案{tasks}")
        client = office.client(office.handler)
        client.get(page)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(page).status_code == 200
        return len(captured)

    few = queries(3)
    assert queries(40) <= few + 1
