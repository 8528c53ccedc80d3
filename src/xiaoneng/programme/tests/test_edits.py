"""导入稿的修改: pure steps."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoneng.foundation.blocks import Cell, Document, Paragraph, Table
from xiaoneng.foundation.refusals import Refused
from xiaoneng.programme.importing import edits
from xiaoneng.programme.importing.lines import lines_of, marked
from xiaoneng.programme.testing import plan_reading


def decide(reading: dict[str, Any], decision: str) -> dict[str, Any]:
    return edits.decide(reading, 0, decision, by="person:1", at="2026-03-02T09:30:00+08:00")


def test_accepting_replaces_the_excerpt_in_its_task_only() -> None:
    reading = plan_reading()
    reading["tasks"][3]["steps"] = "两月一高度"
    after = decide(reading, "accepted")
    assert after["tasks"][1]["steps"] == "一月一通报，两月一调度"
    assert after["tasks"][3]["steps"] == "两月一高度"
    assert reading == plan_reading() | {"tasks": reading["tasks"]}


def test_a_change_of_mind_restores_the_wording() -> None:
    before = plan_reading()
    after = decide(decide(before, "accepted"), "open")
    assert after["tasks"] == before["tasks"]
    assert edits.decision_of(after["findings"][0]) == "open"


def test_a_later_edit_is_not_undone() -> None:
    accepted = decide(plan_reading(), "accepted")
    edited = edits.edit_task(accepted, 2, {"steps": "每月通报一次"})
    assert decide(edited, "rejected")["tasks"][1]["steps"] == "每月通报一次"


def test_a_name_in_a_merged_cell_is_corrected_for_all_its_tasks() -> None:
    reading = plan_reading()
    reading["findings"][0] |= {"excerpt": "提速行动", "suggestion": "提速增效行动", "line": 30}
    after = decide(reading, "accepted")
    assert {task["action"] for task in after["tasks"]} == {"(一)依法办事行动", "(二)提速增效行动"}
    assert after["measures"][1]["action"] == "(二)提速增效行动"


def test_a_unit_is_corrected_in_all_lists() -> None:
    reading = plan_reading()
    reading["findings"][0] |= {"excerpt": "综合二处", "suggestion": "综合三处", "line": 30}
    task = decide(reading, "accepted")["tasks"][2]
    assert task["support_units"] == ["综合三处"]
    assert task["units"] == ["综合一处", "综合三处"]


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"task": "  "}, "不能为空"),
        ({"deadline": "2026-02-30"}, "无效"),
        ({"deadline": "9999-01-01"}, "超出可用范围"),
        ({"task": "字" * 2001}, "过长"),
        ({"lead_units": "、".join(f"第{n}处" for n in range(201))}, "最多"),
        ({"lead_units": "处" * 101}, "不超过"),
    ],
)
def test_what_a_task_cannot_take(values: dict[str, Any], reason: str) -> None:
    reading = plan_reading()
    before = copy.deepcopy(reading)
    with pytest.raises(Refused, match=reason):
        edits.edit_task(reading, 1, values)
    assert reading == before


def test_an_unknown_task_or_finding() -> None:
    with pytest.raises(Refused, match="没有第 99 项"):
        edits.edit_task(plan_reading(), 99, {"task": "x"})
    with pytest.raises(Refused, match="没有这个疑点"):
        edits.decide(plan_reading(), 99, "accepted", by="", at="")


def test_a_unit_that_leads_does_not_support() -> None:
    task = edits.edit_task(plan_reading(), 1, {"lead_units": "综合一处、综合二处", "support_units": "综合一处"})[
        "tasks"
    ][0]
    assert (task["lead_units"], task["support_units"]) == (["综合一处", "综合二处"], [])


@pytest.mark.parametrize("value", ["", "abc", "NaN", "Infinity", "1e13", "0.00001", "1" * 30])
def test_what_a_target_cannot_take(value: str) -> None:
    with pytest.raises(Refused):
        edits.edit_targets(plan_reading(), 1, [{"measure": "公开率", "operator": ">=", "value": value}])


def test_targets_are_replaced_added_and_dropped() -> None:
    rows = [{"measure": "公开率", "operator": ">=", "value": "99.5", "unit": "%"}, {"operator": "text"}]
    after = edits.edit_targets(plan_reading(), 1, rows)
    assert [(t["task"], t["measure"], t["value"]) for t in after["targets"]] == [(1, "公开率", 99.5)]
    assert edits.edit_targets(after, 1, [])["targets"] == []


@given(st.text(max_size=60), st.lists(st.text(min_size=1, max_size=5), max_size=5))
def test_marking_loses_no_character(text: str, excerpts: list[str]) -> None:
    pieces = marked(text, [{"excerpt": excerpt} for excerpt in excerpts])
    assert "".join(piece["text"] for piece in pieces) == text


def test_merged_cells_are_drawn_once_with_their_extent() -> None:
    table = Table(
        rows=(
            (Cell("甲"), Cell("甲", origin=False), Cell("乙")),
            (Cell("甲", origin=False), Cell("甲", origin=False), Cell("丙")),
        ),
        line=3,
        lines=(3, 4),
    )
    first, second = lines_of(Document((Paragraph("题", 1), table), "docx"))
    assert first == {"line": 1, "text": "题", "level": 0}
    assert second["rows"][0]["cells"] == [
        {"text": "甲", "across": 2, "down": 2},
        {"text": "乙", "across": 1, "down": 1},
    ]
    assert [cell["text"] for cell in second["rows"][1]["cells"]] == ["丙"]


def test_a_short_excerpt_that_stands_twice_is_left_to_a_person() -> None:
    reading = plan_reading()
    reading["tasks"][1]["steps"] = "高度重视，两月一高度"
    reading["findings"][0] |= {"excerpt": "高度", "suggestion": "调度"}
    after = decide(reading, "accepted")
    assert after["tasks"][1]["steps"] == "高度重视，两月一高度"
    assert after["findings"][0]["patches"] == []
