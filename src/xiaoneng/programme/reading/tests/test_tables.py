from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiaoneng.foundation.blocks import Table
from xiaoneng.programme.reading.columns import hint, settle

from .making import plan_of, table

OFFICES = [
    "市发展改革委",
    "市财政局",
    "市工业和信息化局",
    "市文化和旅游局",
    "市公安局",
    "市水务局",
    "督查室",
    "各区人民政府",
]
WORK = [
    "更新城区管网",
    "改造老旧泵站",
    "清理闲置资产",
    "建成数据平台",
    "举办招聘活动",
    "开展安全排查",
    "新建口袋公园",
    "修订服务指南",
]
AIMS = ["完成率100%", "群众满意率95%以上", "建成省级标杆", "不少于20场", "覆盖全部社区"]


@pytest.mark.parametrize(
    ("names", "columns"),
    [
        ("序号 项目 工作举措 具体任务 工作举措 目标要求 责任处室", "number action measure task steps target duty"),
        ("序号 重点任务 具体措施 牵头单位 配合单位 完成时限", "number task steps lead support deadline"),
        ("责任单位 工作任务 时间节点", "duty task deadline"),
        ("类别 工作内容 责任部门 责任人 备注", "action task duty person other"),
        ("编号 重点工作 主要任务 目标标准 主办单位 协办单位", "number measure task target lead support"),
        ("序号 措施 责任单位", "number task duty"),
    ],
)
def test_columns_by_meaning(names: str, columns: str) -> None:
    assert settle([hint(n) for n in names.split()]) == tuple(columns.split())


@pytest.mark.parametrize(
    "names",
    ["序号 指标 单位 目标值", "序号 湿地名称 位置 管理机构 主管单位", "姓名 职务 电话", "一级指标 二级指标 说明"],
)
def test_tables_that_assign_no_work(names: str) -> None:
    rows = [names.split(), *([str(i), "增长率", "%", "8", "县"][: len(names.split())] for i in (1, 2, 3))]
    plan = plan_of(table(rows))
    assert plan.tasks == ()


def test_two_heading_rows_section_rows_and_merged_cells() -> None:
    plan = plan_of(
        table(
            [
                ["任务分解表", "<", "<", "<"],
                ["工作任务", "责任单位", "<", "时限"],
                ["工作任务", "牵头", "配合", "时限"],
                ["一、稳增长", "<", "<", "<"],
                ["新开工项目20个", "市发展改革委", "市财政局\n市水务局", "6月底"],
                ["二、惠民生", "<", "<", "<"],
                ["新建学校3所", "市教育局", "市住建局等", "2023年8月"],
            ]
        )
    )
    first, second = plan.tasks
    assert (first.action, first.task, first.lead_units, first.support_units) == (
        "稳增长",
        "新开工项目20个",
        ("市发展改革委",),
        ("市财政局", "市水务局"),
    )
    assert (first.deadline, second.deadline) == ("2023-06-30", "2023-08-31")
    assert second.others
    assert second.line == 7


def test_a_table_that_goes_on_without_its_heading() -> None:
    head = ["序号", "任务", "责任单位"]
    one = table([head, ["1", "更新管网", "市水务局"], ["2", "清理河道", "市水务局"]])
    two = table([["3", "植树", "市园林局"], ["4", "修路", "市交通局"]])
    assert [t.task for t in plan_of(one, two).tasks] == ["更新管网", "清理河道", "植树", "修路"]


def test_two_annex_tables_are_both_read_and_heading_rows_repeated_inside_are_skipped() -> None:
    head = ["序号", "任务", "责任单位"]
    one = table([head, ["1", "更新管网", "市水务局"], head, ["2", "清理河道", "市水务局"]])
    two = table([["责任科室", "事项", "完成时间"], ["秘书科", "编印简报", "每月"], ["行政科", "检修设备", "5月底"]])
    plan = plan_of("附件1", one, "附件2", two)
    assert [t.task for t in plan.tasks] == ["更新管网", "清理河道", "编印简报", "检修设备"]
    assert [t.number for t in plan.tasks] == [1, 2, 3, 4]
    assert plan.tasks[3].deadline == "2023-05-31"
    assert (plan.tasks[2].deadline, plan.tasks[2].deadline_text) == ("", "每月")


def test_a_cell_may_speak_in_clauses() -> None:
    cells = [
        ["任务", "责任单位"],
        ["更新管网", "牵头单位：市水务局\n配合单位：市财政局"],
        ["修路", "市交通局牵头，市财政局配合"],
    ]
    assert [(t.lead_units, t.support_units) for t in plan_of(table(cells)).tasks] == [
        (("市水务局",), ("市财政局",)),
        (("市交通局",), ("市财政局",)),
    ]


def test_the_first_office_leads_where_a_note_says_so() -> None:
    cells = [["任务", "责任单位"], ["更新管网", "市水务局、市财政局"], ["修路", "市交通局"], ["植树", "市园林局"]]
    plan = plan_of(table(cells), "注：排在第一位的单位为牵头单位。")
    assert (plan.tasks[0].lead_units, plan.tasks[0].support_units) == (("市水务局",), ("市财政局",))


Row = tuple[str, str, str, tuple[str, ...]]
ROW = st.tuples(
    st.sampled_from(["1.畅通渠道", "2.提升效能", "3.优化环境"]),
    st.sampled_from(WORK),
    st.sampled_from(AIMS),
    st.lists(st.sampled_from(OFFICES), min_size=1, max_size=3, unique=True).map(tuple),
)


def _made(rows: list[Row]) -> list[list[str]]:
    return [[str(n), m, t, a, "、".join(u)] for n, (m, t, a, u) in enumerate(rows, 1)]


HEAD = ["序号", "工作举措", "具体任务", "目标要求", "责任单位"]


@settings(max_examples=40)
@given(st.lists(ROW, min_size=2, max_size=12), st.permutations([0, 1, 2, 3, 4]))
def test_any_table_in_any_column_order_reads_back(rows: list[Row], order: list[int]) -> None:
    if order.index(1) > order.index(2):  # means after the task are its steps, not its measure
        order[order.index(1)], order[order.index(2)] = 2, 1
    cells = [[line[i] for i in order] for line in [HEAD, *_made(rows)]]
    plan = plan_of(table(cells, down=[order.index(1)]))
    found = [(f"{t.measure_number}.{t.measure}", t.task, t.target, t.units) for t in plan.tasks]
    assert found == rows


@settings(max_examples=60)
@given(st.lists(ROW, min_size=3, max_size=12), st.data())
def test_a_flattened_table_with_merged_and_empty_cells_reads_back(rows: list[Row], data: st.DataObject) -> None:
    lines = list(HEAD)
    want = []
    above = ""
    for number, (measure, task, aim, units) in enumerate(rows, 1):
        empty = number > 2 and data.draw(st.booleans())
        lines += [str(number)]
        if measure != above:
            lines += [measure]
        lines += [task] + ([] if empty else [aim]) + ["、".join(units)]
        want.append((measure, task, "" if empty else aim, units))
        above = measure
    plan = plan_of(*lines)
    assert [(f"{t.measure_number}.{t.measure}", t.task, t.target, t.units) for t in plan.tasks] == want


def test_a_flattened_table_without_a_number_column() -> None:
    plan = plan_of(
        "工作任务",
        "完成时限",
        "责任单位",
        "更新管网",
        "6月底前",
        "市水务局",
        "修缮道路",
        "市交通局",
        "植树",
        "10月底前",
        "市园林局",
    )
    assert [(t.task, t.deadline, t.units) for t in plan.tasks] == [
        ("更新管网", "2023-06-30", ("市水务局",)),
        ("修缮道路", "", ("市交通局",)),
        ("植树", "2023-10-31", ("市园林局",)),
    ]


def test_a_degenerate_table_is_no_error() -> None:
    assert plan_of(Table((), 1)).tasks == ()
    assert plan_of(table([[""]])).tasks == ()
    assert plan_of(table([["任务", "责任单位"]])).tasks == ()


def test_a_named_project_is_the_task_and_what_it_achieves_its_steps() -> None:
    rows = [
        ["序号", "项目名称", "目标任务", "责任单位"],
        ["1", "渠道清淤", "清淤30公里", "市水务局（王小波）\n市财政局（李明）"],
    ]
    (task,) = plan_of(table(rows)).tasks
    assert (task.task, task.steps, task.lead_units) == ("渠道清淤", "清淤30公里", ("市水务局", "市财政局"))


def test_a_bracket_that_holds_no_person_stays_in_the_name() -> None:
    rows = [["任务", "责任单位"], ["修订预案", "市发展改革局（粮食局）、各县（市、区）政府"]]
    (task,) = plan_of(table(rows)).tasks
    assert task.lead_units == ("市发展改革局（粮食局）", "各县（市、区）政府")


def test_what_is_to_be_achieved_is_the_task_where_nothing_names_it() -> None:
    (task,) = plan_of(table([["序号", "目标任务", "责任单位"], ["1", "清淤30公里", "市水务局"]])).tasks
    assert task.task == "清淤30公里"
