from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiaoneng.foundation.blocks import Paragraph
from xiaoneng.programme.reading import read_plan

from .making import document, plan_of, table

OFFICES = ["市发展改革委", "市财政局", "市工业和信息化局", "市文化和旅游局", "市公安局", "市水务局"]
SENTENCES = ["更新城区老旧管网。", "开展安全排查，建立台账。", "修订服务指南。", "清理闲置资产，盘活存量。"]


def test_several_clauses_in_a_paragraph_are_several_tasks() -> None:
    plan = plan_of(
        "一、任务", "（一）治水。更新管网。（市水务局负责）清理河道，年底前完成。（市园林局牵头，市财政局配合）"
    )
    first, second = plan.tasks
    assert (first.text, first.path) == ("更新管网。", ("一、任务", "（一）治水"))
    assert (second.text, second.deadline) == ("清理河道，年底前完成。", "2023-12-31")
    assert (second.lead_units, second.support_units) == (("市园林局",), ("市财政局",))


def test_a_clause_covers_the_unnumbered_paragraphs_of_its_item() -> None:
    plan = plan_of(
        "（一）治水", "先摸清底数。", "再更新管网。（市水务局负责）", "（二）供热", "检修锅炉。（市住建局负责）"
    )
    assert [t.text for t in plan.tasks] == ["先摸清底数。\n再更新管网。", "检修锅炉。"]
    assert [t.line for t in plan.tasks] == [3, 6]


def test_labels_on_lines_of_their_own() -> None:
    plan = plan_of(
        "（一）治水。更新管网。", "牵头单位：市水务局", "配合单位：市财政局、各区政府", "完成时限：2023年6月底前"
    )
    (task,) = plan.tasks
    assert (task.lead_units, task.support_units) == (("市水务局",), ("市财政局", "各区政府"))
    assert (task.deadline, task.others) == ("2023-06-30", True)


def test_a_heading_with_a_clause_takes_the_text_below_it() -> None:
    plan = plan_of(
        "一、治水（牵头单位：市水务局；责任单位：市财政局）",
        "1.更新管网。",
        "2.清理河道，年底前完成。",
        "二、供热（市住建局负责）",
        "检修锅炉。",
    )
    first, second = plan.tasks
    assert first.path == ("一、治水",)
    assert "更新管网" in first.text
    assert "清理河道" in first.text
    assert first.deadline == "2023-12-31"
    assert second.lead_units == ("市住建局",)


def test_a_clause_right_below_its_heading_takes_the_text_below_it() -> None:
    lines = (
        "（一）治水",
        "牵头单位：市水务局",
        "责任单位：市财政局",
        "1.更新管网。",
        "2.清理河道。",
        "（二）供热",
        "牵头单位：市住建局",
        "检修锅炉。",
    )
    first, second = plan_of(*lines).tasks
    assert (first.lead_units, first.support_units) == (("市水务局",), ("市财政局",))
    assert first.text == "治水\n更新管网。\n清理河道。"
    assert (second.lead_units, second.text) == (("市住建局",), "供热\n检修锅炉。")


def test_items_with_clauses_inside_one_sentence() -> None:
    plan = plan_of(
        "1．更新管网（责任单位：市水务局，完成时限：6月底）；2．检修锅炉（责任单位：市住建局，完成时限：10月底）。"
    )
    assert [(t.text, t.lead_units, t.deadline) for t in plan.tasks] == [
        ("更新管网", ("市水务局",), "2023-06-30"),
        ("检修锅炉", ("市住建局",), "2023-10-31"),
    ]


def test_prose_beside_clauses_counts_only_when_it_is_dated_or_plainly_assigned() -> None:
    plan = plan_of(
        "一、治水", "更新管网。（市水务局负责）", "二、保障", "各区政府要高度重视。各区政府于11月底前报送总结。"
    )
    assert [t.text for t in plan.tasks] == ["更新管网。", "各区政府于11月底前报送总结。"]


def test_the_table_divides_the_measures_of_the_body() -> None:
    body = (
        "一、内容",
        "（一）便民行动",
        "1.畅通渠道",
        "（1）窗口：增设窗口。责任处室：秘书处。",
        "2.提升效能",
        "（1）限时：限时办结。责任处室：综合处。",
    )
    rows = [["序号", "项目", "举措", "任务", "责任处室"], ["1", "（一）便民行动", "1.畅通渠道", "增设窗口", "秘书处"]]
    rows += [
        ["2", "（一）便民行动", "2.提升效能", "限时办结", "综合处"],
        ["3", "（一）便民行动", "2.提升效能", "首问负责", "综合处"],
    ]
    plan = plan_of(*body, "附件", table(rows, down=[1, 2]))
    assert [t.task for t in plan.tasks] == ["增设窗口", "限时办结", "首问负责"]
    assert [(m.number, m.action, m.title) for m in plan.measures] == [
        (1, "便民行动", "畅通渠道"),
        (2, "便民行动", "提升效能"),
    ]
    item = plan.measures[0].items[0]
    assert (item.number, item.heading, item.text, item.units) == ("（1）", "窗口", "增设窗口。", ("秘书处",))


def test_work_done_above_is_dated_below() -> None:
    plan = plan_of("二、任务", "各区政府要制定办法。各镇要建立台账。以上工作要在2023年5月底前完成。")
    assert [t.deadline for t in plan.tasks] == ["2023-05-31", "2023-05-31"]


def test_the_leading_group_and_the_slogans() -> None:
    plan = plan_of(
        "成立领导小组，成员如下：", "组 长：张 三　办公室主任",
        "成 员：李四光　办公室副主任", "　　　　王五　纪检组长", "领导小组抓好落实。",
        "附件", "服务提升口号", "1﹒干在实处。", "2﹒走在前列。",
    )  # fmt: skip
    assert [(m.role, m.name, m.post) for m in plan.group] == [
        ("组长", "张三", "办公室主任"),
        ("成员", "李四光", "办公室副主任"),
        ("成员", "王五", "纪检组长"),
    ]
    assert plan.slogans == ("干在实处。", "走在前列。")


ITEM = st.tuples(
    st.sampled_from(SENTENCES),
    st.lists(st.sampled_from(OFFICES), min_size=1, max_size=4, unique=True),
    st.integers(0, 12),
)


@settings(max_examples=60)
@given(st.lists(ITEM, min_size=1, max_size=12), st.booleans(), st.booleans())
def test_any_plan_of_clauses_reads_back(
    items: list[tuple[str, list[str], int]], labelled: bool, one_line: bool
) -> None:
    lines = []
    for n, (sentence, offices, month) in enumerate(items, 1):
        names = "、".join(offices)
        when = f"{month}月底前完成。" if month > 2 else ""
        clause = f"责任单位：{names}。" if labelled else f"（{names}负责）"
        lines.append(f"{n}.{sentence}{when}{clause}")
    whole = "一、任务" + "".join(lines) + "二、保障。加强领导。"
    body = [whole] if one_line and len(items) > 1 and len(whole) >= 300 else ["一、任务", *lines]
    plan = plan_of(*body)
    assert [t.lead_units for t in plan.tasks] == [tuple(o) for _, o, _ in items]
    assert [t.deadline[5:7] for t in plan.tasks] == [f"{m:02}" if m > 2 else "" for _, _, m in items]
    for task, (sentence, _, _) in zip(plan.tasks, items, strict=True):
        assert task.text.startswith(sentence)


@given(st.lists(st.text(max_size=80), max_size=12))
def test_any_text_is_no_error(lines: list[str]) -> None:
    plan = read_plan(document(*lines))
    plan.as_json()


HOSTILE = [
    "（",
    "（）",
    "。（市水务局负责",
    "一、",
    "市水务局、",
    "责任单位：",
    "2019年",
    "市",
    " ",
    "由",
    "“",
    "1.",
    "\u200b",
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_a_hostile_text_is_no_error(unit: str) -> None:
    # How its time grows is measured in bench/reading.py.
    read_plan(document((unit * 2_000)[:2_000])).as_json()


def test_many_paragraphs_without_meaning() -> None:
    blocks = tuple(Paragraph("市教育局", i) for i in range(500))
    assert read_plan(document(*blocks)).tasks == ()


@pytest.mark.parametrize(
    "lines",
    [
        ("【责任单位】市水务局、市财政局", "【完成时限】2023年9月底前"),
        ("责任单位", "市水务局、市财政局", "完成时限", "2023年9月底前"),
        ("——牵头单位：市水务局", "——配合单位：市财政局", "——完成时限：2023年9月底前"),
        ("（牵头单位：市水务局", "配合单位：市财政局", "完成时限：2023年9月底前）"),
        ("责任领导：王某；", "责任单位：市水务局、市财政局", "责任人：张某", "完成时限：2023年9月底前"),
        ("牵头领导：王某 牵头单位：市水务局 配合单位：市财政局 完成时限：2023年9月底前",),
        ("完成时限：2023年9月底前", "责任单位：市水务局、市财政局"),
    ],
)
def test_label_lines_of_every_kind(lines: tuple[str, ...]) -> None:
    plan = plan_of("（一）供热", "检修锅炉。", "责任单位：市住建局", "（二）治水", "更新管网。", *lines)
    first, task = plan.tasks
    assert first.deadline == ""
    assert task.text == "更新管网。"
    assert task.units == ("市水务局", "市财政局")
    assert task.deadline == "2023-09-30"


def test_a_bracket_may_open_behind_the_words_and_close_lines_below() -> None:
    (task,) = plan_of("（一）治水", "1.更新管网。（牵头单位：市水务局", "配合单位：市财政局）").tasks
    assert (task.text, task.lead_units, task.support_units) == ("更新管网。", ("市水务局",), ("市财政局",))
