"""频次的说法: a recurrence rule in words a clerk uses."""

from __future__ import annotations

import pytest

from xiaoneng.programme.presentation import recurrence


@pytest.mark.parametrize(
    ("rrule", "words"),
    [
        ("FREQ=MONTHLY", "每月"),
        ("FREQ=MONTHLY;INTERVAL=2", "每 2 个月"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,15", "每月（1 日、15 日）"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "每月（最后一天）"),
        ("FREQ=MONTHLY;INTERVAL=3", "每 3 个月"),
        ("FREQ=WEEKLY", "每周"),
        ("FREQ=YEARLY", "每年"),
        ("FREQ=DAILY", "每天"),
    ],
)
def test_recurrence_in_words(rrule: str, words: str) -> None:
    assert recurrence(rrule) == words
