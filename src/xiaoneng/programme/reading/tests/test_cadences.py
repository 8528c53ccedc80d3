"""频次: recurring duties become rules that an RFC 5545 reader accepts."""

from __future__ import annotations

from datetime import datetime
from itertools import islice

import pytest
from dateutil.rrule import rrulestr  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from xiaoneng.programme.reading.cadences import find_cadences
from xiaoneng.programme.reading.plan import Task


def rules(text: str) -> list[tuple[str, str]]:
    task = Task(1, (), "", "", 0, "", text, "", "", (), (), False, False, "", "", 1)
    return [(c.text, c.rrule) for c in find_cadences([task])]


CASES = {
    "半月一督查": "FREQ=MONTHLY;BYMONTHDAY=1,15",
    "一月一通报": "FREQ=MONTHLY",
    "两月一调度": "FREQ=MONTHLY;INTERVAL=2",
    "两月一高度": "FREQ=MONTHLY;INTERVAL=2",
    "一季一点评": "FREQ=MONTHLY;INTERVAL=3",
    "半年一观摩": "FREQ=MONTHLY;INTERVAL=6",
    "一周一调度": "FREQ=WEEKLY",
    "一日一报": "FREQ=DAILY",
    "月调度": "FREQ=MONTHLY",
    "每月召开发布会1次以上": "FREQ=MONTHLY",
    "每季度至少一次": "FREQ=MONTHLY;INTERVAL=3",
    "每周例会": "FREQ=WEEKLY",
    "每周五下午": "FREQ=WEEKLY;BYDAY=FR",
    "每半年报告一次": "FREQ=MONTHLY;INTERVAL=6",
    "每两个月开展一次": "FREQ=MONTHLY;INTERVAL=2",
    "每3年修订1次": "FREQ=YEARLY;INTERVAL=3",
    "每年底前完成": "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31",
    "每年2月底前完成": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1",
    "每年1月31日前公开": "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=31",
    "每月10日前报送": "FREQ=MONTHLY;BYMONTHDAY=10",
    "每月底前汇总": "FREQ=MONTHLY;BYMONTHDAY=-1",
    "每季度首月10日前": "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=10",
    "每季度末报告": "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1",
    "按月通报": "FREQ=MONTHLY",
    "按季度考核": "FREQ=MONTHLY;INTERVAL=3",
    "逐月排名": "FREQ=MONTHLY",
    "每个工作日更新": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
}


@pytest.mark.parametrize("text", CASES)
def test_wording(text: str) -> None:
    assert rules(text) == [(text, CASES[text])]
    first = datetime(2016, 1, 1)  # noqa: DTZ001 - rules are read without a time zone
    assert len(list(islice(rrulestr(CASES[text], dtstart=first), 3))) == 3


def test_each_couplet_of_a_list_is_one_cadence() -> None:
    found = rules("实施“半月一督查、一月一通报、两月一调度、一季一点评、半年一观摩”推进机制")
    assert [text for text, _ in found] == ["半月一督查", "一月一通报", "两月一调度", "一季一点评", "半年一观摩"]


@pytest.mark.parametrize(
    "text",
    [
        "每个处室每名干部",
        "逐步推进",
        "年度考核",
        "逐年提高",
        "每月1000元",
        "二〇〇四年一月十六日",
        "自一月一日起",
        "本月一律",
    ],
)
def test_wording_without_a_rhythm(text: str) -> None:
    assert rules(text) == []


@given(
    st.text(alphabet="每按逐半一二两三十年月季度周日天旬个星期底末前初上中下首0123456789次督查通报，。 ", max_size=40)
)
def test_every_rule_is_valid(text: str) -> None:
    for wording, rule in rules(text):
        assert wording in text
        rrulestr(rule, dtstart=datetime(2016, 1, 1))  # noqa: DTZ001
