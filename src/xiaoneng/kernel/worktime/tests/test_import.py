"""录入放假通知: a version and its event together, or nothing and a reason."""

from __future__ import annotations

from datetime import date

import pytest

from xiaoneng.foundation.actors import SYSTEM
from xiaoneng.foundation.limits import Limit
from xiaoneng.foundation.refusals import Conflict, Unreadable
from xiaoneng.foundation.worktime import Unit, seeded
from xiaoneng.kernel.ledger import api as ledger
from xiaoneng.kernel.organisation.testing import NOW
from xiaoneng.kernel.worktime import api, queries
from xiaoneng.kernel.worktime.models import EnteredNotice, ShippedNotice

NOTICE = (
    "国务院办公厅关于2027年部分节假日安排的通知 国办发明电〔2026〕9号\n"
    "一、元旦：1月1日至3日放假，共3天。1月9日（星期六）上班。二、春节：2月5日至11日放假，共7天。"
    "三、清明节：4月5日放假。四、劳动节：5月1日放假。五、端午节：6月9日放假。六、中秋节：9月15日放假。"
    "七、国庆节：10月1日至7日放假，共7天。\n2026年11月5日"
)
LIMIT = Limit(5, Unit.WORKING_DAYS, "受理", "")

pytestmark = pytest.mark.django_db


def enter(text: str = NOTICE, **options: int) -> EnteredNotice:
    return api.import_notice(text=text, actor=SYSTEM, at=NOW, **options)


def test_version_nought_is_the_shipped_calendar() -> None:
    found = api.calendar()
    assert dict(found.special) == dict(seeded().special)
    assert found.covered == seeded().covered
    assert api.current_version() == 0


def test_without_shipped_rows_the_file_stands_in() -> None:
    ShippedNotice.objects.all().delete()
    assert api.calendar().covered == seeded().covered


def test_entering_makes_a_version_and_an_event() -> None:
    entered = enter()
    assert (entered.version, entered.year, entered.number) == (1, 2027, "国办发明电〔2026〕9号")
    assert entered.issued_on == date(2026, 11, 5)
    assert not api.calendar().is_provisional(date(2027, 6, 1))
    assert not api.calendar().is_working(date(2027, 2, 8))
    assert api.calendar().is_working(date(2027, 1, 9))
    [entry] = ledger.history(entered)
    assert entry.kind == api.CalendarImported.kind
    assert entry.payload == {
        "version": 1,
        "year": 2027,
        "number": "国办发明电〔2026〕9号",
        "full": True,
        "days": 22,
        "digest": entered.digest,
    }


def test_the_version_before_stays_for_the_explanation() -> None:
    enter()
    old, new = api.calendar(version=0), api.calendar(version=1)
    sentence = api.explain_change(old, new, date(2026, 12, 28), LIMIT)
    assert "期限由 2027-01-04 推后至 2027-01-05" in sentence
    assert "国办发明电〔2026〕9号" in sentence


def test_the_calendar_of_an_earlier_moment() -> None:
    enter()
    assert api.calendar(NOW.replace(year=2025)).is_provisional(date(2027, 6, 1))
    assert not api.calendar(NOW).is_provisional(date(2027, 6, 1))


def test_preview_changes_nothing() -> None:
    preview = api.preview_notice(text=NOTICE)
    assert preview.version == 0
    assert date(2027, 1, 9) in preview.changed
    assert date(2027, 1, 2) not in preview.changed  # a Saturday anyway
    assert not EnteredNotice.objects.exists()


def test_a_notice_that_contradicts_itself_is_not_entered() -> None:
    with pytest.raises(Unreadable, match="2027-01-09 是星期六，通知写的是星期日"):
        enter(NOTICE.replace("9日（星期六）", "9日（星期日）"))
    assert not EnteredNotice.objects.exists()
    assert not ledger.Event.objects.filter(kind=api.CalendarImported.kind).exists()


def test_the_same_notice_twice_is_refused() -> None:
    enter()
    with pytest.raises(Conflict, match="已经录入（第 1 版）"):
        enter()
    assert api.current_version() == 1


def test_a_correction_is_a_new_version() -> None:
    enter()
    corrected = enter(NOTICE.replace("4月5日放假", "4月6日放假"))
    assert corrected.version == 2
    assert api.calendar().is_working(date(2027, 4, 5))
    assert not api.calendar(version=1).is_working(date(2027, 4, 5))


def test_a_preview_that_was_overtaken_is_refused() -> None:
    preview = api.preview_notice(text=NOTICE)
    enter("关于2026年国庆节假期调整的通知：国庆节：10月9日放假1天。")
    with pytest.raises(Conflict, match="刚刚被他人更新"):
        enter(expected_version=preview.version)
    assert [n.year for n in queries.entered_notices()] == [2026]


def test_two_at_once_one_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    enter("关于2026年国庆节假期调整的通知：国庆节：10月9日放假1天。")
    monkeypatch.setattr("xiaoneng.kernel.worktime.services.current_version", lambda: 0)
    with pytest.raises(Conflict, match="刚刚被他人更新"):
        enter()
    assert EnteredNotice.objects.count() == 1
