"""A limit permits its own pauses only; a change of calendar is explained in one sentence."""

from __future__ import annotations

from datetime import date

import pytest

from xiaoneng.foundation.limits import Limit, explain_change
from xiaoneng.foundation.refusals import Refused
from xiaoneng.foundation.worktime import Calendar, Pause, Unit, seeded
from xiaoneng.foundation.worktime.notice import parse_notice

LIMIT = Limit(20, Unit.WORKING_DAYS, "受理", "行政许可法 42", frozenset({"听证"}))
NEW_YEAR = "关于2027年元旦放假安排的通知：元旦：1月1日至3日放假，共3天。1月9日（星期六）上班。"


def with_2027() -> Calendar:
    return seeded().with_days(parse_notice(NEW_YEAR).require().days, year=2027, full=True, version="2027")


def test_a_permitted_pause_moves_the_deadline() -> None:
    start = date(2016, 3, 28)
    pause = Pause(date(2016, 3, 28), date(2016, 3, 30), "听证")
    assert LIMIT.due(seeded(), start).due == date(2016, 4, 26)
    assert LIMIT.due(seeded(), start, pauses=[pause]).due == date(2016, 4, 28)


def test_another_pause_is_refused_with_the_basis() -> None:
    with pytest.raises(Refused) as refusal:
        LIMIT.due(seeded(), date(2016, 3, 28), pauses=[Pause(date(2016, 3, 28), date(2016, 3, 30), "会签")])
    assert refusal.value.basis == "行政许可法 42"
    assert "可以中止的：听证" in refusal.value.reason


@pytest.mark.parametrize(
    ("day", "in_force"),
    [(date(2015, 12, 31), False), (date(2016, 1, 1), True), (date(2016, 12, 31), True), (date(2017, 1, 1), False)],
)
def test_in_force_from_until_before(day: date, in_force: bool) -> None:
    limit = Limit(5, Unit.DAYS, "收件", "方案 4(1)", effective_from=date(2016, 1, 1), effective_until=date(2017, 1, 1))
    assert limit.in_force(day) is in_force


def test_a_day_off_moves_the_deadline_and_is_named() -> None:
    limit = Limit(5, Unit.WORKING_DAYS, "受理", "")
    sentence = explain_change(seeded(), with_2027(), date(2026, 12, 28), limit)
    assert "期限由 2027-01-04 推后至 2027-01-05" in sentence
    assert "2027-01-01 元旦放假" in sentence
    assert "关于2027年元旦放假安排的通知" in sentence
    assert sentence.endswith("由暂定转为确定。")


def test_a_deadline_can_fall_on_a_made_up_day() -> None:
    limit = Limit(9, Unit.WORKING_DAYS, "受理", "")
    sentence = explain_change(seeded(), with_2027(), date(2026, 12, 28), limit)
    assert "期限由 2027-01-08 推后至 2027-01-09" in sentence
    assert "2027-01-09 元旦调休上班" in sentence


def test_nothing_changes_but_the_flag() -> None:
    limit = Limit(1, Unit.WORKING_DAYS, "受理", "")
    assert (
        explain_change(seeded(), with_2027(), date(2027, 3, 1), limit)
        == "自受理起 1 个工作日：期限不变，仍为 2027-03-02，由暂定转为确定。"
    )
    assert explain_change(seeded(), seeded(), date(2016, 3, 28), LIMIT) == (
        "自受理起 20 个工作日：期限不变，仍为 2016-04-26。"
    )


def test_an_arrangement_withdrawn_is_told_by_its_days() -> None:
    limit = Limit(5, Unit.WORKING_DAYS, "受理", "")
    sentence = explain_change(with_2027(), seeded(), date(2026, 12, 28), limit)
    assert "提前至 2027-01-04" in sentence
    assert "2027-01-01 改为上班" in sentence
