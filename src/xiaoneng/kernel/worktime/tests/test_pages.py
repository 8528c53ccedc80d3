"""页面: anybody in office sees the calendar; administrators and 督查 enter notices, after a preview."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from xiaoneng.foundation.worktime import seeded
from xiaoneng.kernel.organisation.testing import Office
from xiaoneng.kernel.worktime import api
from xiaoneng.kernel.worktime.models import EnteredNotice
from xiaoneng.kernel.worktime.months import year_of
from xiaoneng.kernel.worktime.tests.test_import import NOTICE

ENTER = "/worktime/enter/"


def test_the_years(office: Office) -> None:
    page = office.client(office.handler).get(reverse("worktime:index")).content.decode()
    assert "2016 年" in page
    assert "国办发明电〔2015〕18号" in page
    assert "暂定" in page
    assert ENTER not in page


def test_a_year(office: Office) -> None:
    page = office.client(office.handler).get(reverse("worktime:year", args=[2016])).content.decode()
    assert "国庆节调休上班" in page
    assert "全年 250 个工作日" in page
    provisional = office.client(office.handler).get(reverse("worktime:year", args=[2030])).content.decode()
    assert "本年的期限为暂定" in provisional


@pytest.mark.parametrize("year", ["1000", "2999", "999", "20160"])
def test_no_such_year(office: Office, year: str) -> None:
    assert office.client(office.handler).get(f"/worktime/{year}/").status_code == 404


def test_strangers_are_sent_to_sign_in(office: Office) -> None:
    for path in ("/worktime/", "/worktime/2016/", ENTER):
        assert office.client(None).get(path).status_code == 302


def test_the_months_count_the_working_days() -> None:
    months = year_of(seeded(), 2016)
    october = months[9]
    assert october.working == 18
    marks = {d.day.day: d.mark for week in october.weeks for d in week if d and d.mark}
    assert marks == {3: "休", 4: "休", 5: "休", 6: "休", 7: "休", 8: "班", 9: "班"}


@pytest.mark.parametrize("persona", ["admin", "supervisor"])
def test_preview_then_confirm(office: Office, persona: str) -> None:
    client = office.client(getattr(office, persona))
    preview = client.post(ENTER, {"text": NOTICE})
    assert preview.status_code == 200
    assert "确认录入" in preview.content.decode()
    assert not EnteredNotice.objects.exists()
    done = client.post(ENTER, {"text": NOTICE, "version": "0", "confirm": "1"}, follow=True)
    assert "已录入《国务院办公厅关于2027年部分节假日安排的通知》" in done.content.decode()
    assert not api.calendar().is_provisional(date(2027, 1, 1))


def test_others_are_refused_with_a_reason(office: Office) -> None:
    for person in (office.handler, office.reviewer, office.leader):
        answer = office.client(person).post(ENTER, {"text": NOTICE, "confirm": "1"})
        assert answer.status_code == 403
        assert "只对以下角色开放" in answer.content.decode()
    assert not EnteredNotice.objects.exists()


def test_problems_are_shown_and_cannot_be_confirmed(office: Office) -> None:
    wrong = NOTICE.replace("共3天", "共4天")
    client = office.client(office.admin)
    preview = client.post(ENTER, {"text": wrong})
    assert preview.status_code == 422
    assert "通知说共 4 天" in preview.content.decode()
    assert "确认录入" not in preview.content.decode()
    assert client.post(ENTER, {"text": wrong, "confirm": "1", "version": "0"}).status_code == 422
    assert not EnteredNotice.objects.exists()


@pytest.mark.parametrize("text", ["", "没有日期", "字" * 20_001])
def test_no_notice(office: Office, text: str) -> None:
    assert office.client(office.admin).post(ENTER, {"text": text}).status_code == 422


def test_confirming_an_overtaken_preview_is_a_conflict(office: Office) -> None:
    client = office.client(office.admin)
    client.post(ENTER, {"text": NOTICE, "version": "0", "confirm": "1"})
    changed = NOTICE.replace("4月5日", "4月6日")
    assert client.post(ENTER, {"text": changed, "version": "0", "confirm": "1"}).status_code == 409
    assert client.post(ENTER, {"text": changed, "version": "x" * 9, "confirm": "1"}).status_code == 422
