from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoneng.foundation.refusals import Refused
from xiaoneng.kernel.organisation.testing import NOW, Office
from xiaoneng.programme.models import Programme, Task
from xiaoneng.programme.queries.calendar import PER_CADENCE, days, occurrences

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=MONTHLY", 12),
        ("FREQ=MONTHLY;INTERVAL=2", 6),
        ("FREQ=MONTHLY;INTERVAL=3", 4),
        ("FREQ=MONTHLY;BYMONTHDAY=1,15", 24),
        ("FREQ=YEARLY", 1),
        ("FREQ=WEEKLY", 52),
        ("FREQ=DAILY", 365),
    ],
)
def test_occurrences_of_a_year(rule: str, expected: int) -> None:
    assert len(days(rule, date(2026, 1, 1), *YEAR)) in (expected, expected + (rule == "FREQ=WEEKLY"))


@given(st.dates(date(2020, 1, 1), date(2026, 12, 31)), st.sampled_from(["FREQ=MONTHLY", "FREQ=MONTHLY;INTERVAL=2"]))
def test_a_monthly_duty_never_skips_a_month(start: date, rule: str) -> None:
    found = days(rule, start, start, start + timedelta(days=730))
    step = 2 if "2" in rule else 1
    months = [day.year * 12 + day.month for day in found]
    assert months == list(range(months[0], months[0] + len(months) * step, step))
    assert all(day.day <= start.day for day in found)


@given(st.text(max_size=40))
def test_any_text_is_a_rule_or_refused(text: str) -> None:
    with suppress(Refused):
        assert len(days(text, date(2026, 1, 1), *YEAR)) <= PER_CADENCE


@pytest.mark.parametrize(
    "rule", ["FREQ=SECONDLY", "FREQ=HOURLY", "RRULE:FREQ=MINUTELY", "FREQ=MONTHLY\nRDATE:20260101"]
)
def test_rules_denser_than_a_day_are_refused(rule: str) -> None:
    with pytest.raises(Refused):
        days(rule, date(2026, 1, 1), *YEAR)


def test_a_calendar_shows_what_still_runs(office: Office, programme: Programme) -> None:
    first, last = YEAR
    found = occurrences(office.handler, first=first, last=last, at=NOW)
    assert [row.on.month for row in found] == list(range(1, 13))
    assert not occurrences(office.admin, first=first, last=last, at=NOW)
    unit = office.units["综合一处"].pk
    assert not occurrences(office.handler, first=first, last=last, unit_ids=(unit,), at=NOW)
    programme.tasks.filter(number=2).update(state=Task.State.DONE)
    assert not occurrences(office.handler, first=first, last=last, at=NOW)


def test_more_than_two_years_are_refused(office: Office) -> None:
    with pytest.raises(Refused, match="两年"):
        occurrences(office.handler, first=date(2020, 1, 1), last=date(2026, 1, 1), at=NOW)
