"""Deadlines checked by hand, and the seeded calendar against published dates."""

# ruff: noqa: DTZ001 - wall-clock moments are the subject here
from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from xiaoneng.foundation.refusals import Unreadable
from xiaoneng.foundation.worktime import Calendar, Pause, Unit, deadline, seeded
from xiaoneng.foundation.worktime.seed import PATH
from xiaoneng.foundation.worktime.seeding import generate

PUBLISHED = Path(__file__).resolve().parents[4].parent / "shared" / "data" / "holidays"
WD, D, H, WH, WM, M, Y = (
    Unit.WORKING_DAYS,
    Unit.DAYS,
    Unit.HOURS,
    Unit.WORKING_HOURS,
    Unit.WORKING_MINUTES,
    Unit.MONTHS,
    Unit.YEARS,
)


def day(text: str) -> date:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "amount", "unit", "due"),
    [
        ("2016-03-28", 20, WD, "2016-04-26"),
        ("2016-09-29", 5, WD, "2016-10-11"),
        ("2016-09-14", 1, WD, "2016-09-18"),  # a Sunday that is worked
        ("2025-01-20", 20, WD, "2025-02-21"),
        ("2016-09-15", 1, WD, "2016-09-18"),  # from a holiday
        ("2018-12-28", 1, WD, "2018-12-29"),  # the next year's notice reaches back
        ("2019-04-26", 3, WD, "2019-04-30"),  # the Labour Day of 2019 as changed
        ("2020-01-23", 1, WD, "2020-02-03"),  # the extended Spring Festival of 2020
        ("2015-09-02", 2, WD, "2015-09-07"),
        ("2016-09-20", 15, D, "2016-10-08"),  # ends on 5 October, rolls to a Saturday that is worked
        ("2016-09-01", 15, D, "2016-09-18"),
        ("2016-03-01", 7, D, "2016-03-08"),
        ("2016-01-31", 1, M, "2016-02-29"),  # no 31 February
        ("2015-08-31", 13, M, "2016-09-30"),
        ("2016-02-29", 1, Y, "2017-02-28"),
        ("2016-12-31", 1, Y, "2018-01-02"),  # Sunday, then New Year's Day
        ("2016-09-30T16:00", 24, H, "2016-10-01T16:00"),  # hours do not wait
        ("2016-09-30T16:00", 10, WH, "2016-10-08T18:00"),
        ("2016-03-28T09:00", 8, WH, "2016-03-29T09:00"),
        ("2016-03-28T13:30", 270, WM, "2016-03-28T18:00"),
        ("2016-03-28T12:30", 60, WM, "2016-03-28T14:30"),
    ],
)
def test_by_hand(start: str, amount: int, unit: Unit, due: str) -> None:
    assert deadline(seeded(), day(start), amount, unit).due == day(due)


def test_the_working_names_every_day_passed_over_and_every_made_up_day() -> None:
    found = deadline(seeded(), date(2016, 9, 29), 5, WD)
    assert [mark.day for mark in found.skipped] == [date(2016, 10, n) for n in range(1, 8)]
    assert [mark.day for mark in found.made_up] == [date(2016, 10, 8), date(2016, 10, 9)]
    assert {mark.name for mark in found.skipped} == {"国庆节放假"}
    assert all("国办发明电〔2015〕18号" in mark.basis for mark in found.skipped + found.made_up)
    lines = list(found.working())
    assert lines[0] == "起算当日 2016-09-29 星期四不计入，期限 5 个工作日。"
    assert lines[-1].startswith("依据：民法通则 154")
    assert len(lines) == 2 + 7 + 2


def test_rollover_is_told() -> None:
    found = deadline(seeded(), date(2026, 9, 20), 14, D)
    assert (found.nominal, found.due) == (date(2026, 10, 4), date(2026, 10, 8))
    assert "期末 2026-10-04 为休息日，顺延至 2026-10-08 星期四。" in list(found.working())
    assert found.basis == "民法典 201、203"


def test_a_year_without_notice_is_provisional() -> None:
    found = deadline(seeded(), date(2026, 12, 20), 15, WD)
    assert found.provisional == (2027,)
    assert any(line.startswith("暂定：2027") for line in found.working())
    assert deadline(seeded(), date(2026, 12, 1), 5, WD).provisional == ()


def test_the_last_week_of_the_last_covered_year_carries_a_hint() -> None:
    found = deadline(seeded(), date(2026, 12, 28), 1, WD)
    assert found.provisional == ()
    assert "元旦调休可能涉及 2026 年年末" in found.notes[0]


def test_pauses_in_working_days() -> None:
    pause = Pause(date(2016, 3, 30), date(2016, 4, 6), "补正")
    found = deadline(seeded(), date(2016, 3, 28), 5, WD, pauses=[pause])
    # 29, 30 March have run; 31 March to 6 April stand still; 7, 8 and 11 April.
    assert found.due == date(2016, 4, 11)
    assert [m.name for m in found.skipped].count("补正") == 7


def test_pauses_overlapping_or_late() -> None:
    start = date(2016, 3, 28)
    twice = [Pause(date(2016, 3, 29), date(2016, 3, 31)), Pause(date(2016, 3, 30), date(2016, 4, 1))]
    once = [Pause(date(2016, 3, 29), date(2016, 4, 1))]
    assert deadline(seeded(), start, 5, WD, pauses=twice).due == deadline(seeded(), start, 5, WD, pauses=once).due
    late = [Pause(date(2016, 5, 1), date(2016, 6, 1))]
    assert deadline(seeded(), start, 5, WD, pauses=late).due == date(2016, 4, 5)


def test_pauses_in_hours() -> None:
    start = datetime(2016, 3, 28, 9, 0)
    pause = Pause(datetime(2016, 3, 28, 10, 0), datetime(2016, 3, 29, 10, 0))
    assert deadline(seeded(), start, 24, H, pauses=[pause]).due == datetime(2016, 3, 30, 9, 0)
    assert deadline(seeded(), start, 8, WH, pauses=[pause]).due == datetime(2016, 3, 30, 9, 0)


def test_moments_with_a_zone_are_taken_to_beijing() -> None:
    late = datetime(2016, 3, 28, 17, 0, tzinfo=UTC)  # 29 March, 01:00 in Beijing
    assert deadline(seeded(), late, 1, WD).due == date(2016, 3, 30)
    due = deadline(seeded(), late, 1, H).due
    assert isinstance(due, datetime)
    assert due == late + timedelta(hours=1)


@pytest.mark.parametrize(
    ("start", "amount", "unit", "words"),
    [
        (date(2016, 1, 1), 0, WD, "1 到 100000"),
        (date(2016, 1, 1), 100_001, WD, "1 到 100000"),
        (date(9999, 12, 1), 100, WD, "9999"),
        (date(9999, 12, 1), 1, M, "9999"),
        (date(9999, 12, 31), 1, D, "9999"),
        (datetime(9999, 12, 31, 12), 24, H, "9999"),
        (date(2016, 1, 1), 2, H, "起算时刻"),
    ],
)
def test_refused(start: date, amount: int, unit: Unit, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        deadline(seeded(), start, amount, unit)


def test_a_pause_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(Unreadable, match="早于开始"):
        deadline(seeded(), date(2016, 1, 4), 5, WD, pauses=[Pause(date(2016, 1, 6), date(2016, 1, 5))])


def test_the_shipped_file_is_what_the_script_makes() -> None:
    made, shipped = generate(), json.loads(PATH.read_text("utf-8"))
    assert {**made, "source": ""} == {**shipped, "source": ""}


def published() -> list[Path]:
    return sorted(PUBLISHED.glob("*.json"))


@pytest.mark.skipif(not published(), reason="公布的放假日期数据不在 ../shared/data/holidays")
def test_every_day_of_the_published_years() -> None:
    calendar: Calendar = seeded()
    named, years = {}, set()
    for path in published():
        data = json.loads(path.read_text("utf-8"))
        years.add(data["year"])
        named.update({date.fromisoformat(item["date"]): item["isOffDay"] for item in data["days"]})
    for year in years & calendar.covered:
        for ordinal in range(date(year, 1, 1).toordinal(), date(year, 12, 1).toordinal()):
            that = date.fromordinal(ordinal)
            assert calendar.is_working(that) is not named.get(that, that.weekday() > 4), that
    for that, off in named.items():
        assert calendar.is_working(that) is not off, that
