from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoneng.programme.reading.clauses import FIRST_LEADS, find_clauses, parse_assignment

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


@pytest.mark.parametrize(
    ("wording", "lead", "support", "joint", "others"),
    [
        ("市水务局负责", "市水务局", "", False, False),
        ("市水务局、市财政局负责", "市水务局 市财政局", "", True, False),
        ("市水务局牵头，市财政局、市公安局配合", "市水务局", "市财政局 市公安局", False, False),
        ("由市水务局牵头，市财政局等部门参与", "市水务局", "市财政局", False, True),
        ("市水务局会同有关部门负责", "市水务局", "有关部门", False, True),
        ("市水务局牵头会同市公安局负责", "市水务局", "市公安局", False, False),
        ("市水务局牵头，市财政局等按职责分工负责", "市水务局", "市财政局", True, True),
        ("市财政局、市水务局按职责分工负责，各区人民政府落实", "市财政局 市水务局 各区人民政府", "", True, True),
        ("市水务局负责，2023年6月底前完成", "市水务局", "", False, False),
        ("市水务局牵头，6月底前出台办法，持续推进", "市水务局", "", False, False),
        ("市水务局指导，市供销社参与", "市水务局", "市供销社", False, False),
        (
            "责任单位：市水务局、市财政局，各市、州、县人民政府",
            "市水务局 市财政局 各市、州、县人民政府",
            "",
            True,
            True,
        ),
        ("责任单位：市水务局；配合单位：市财政局", "市水务局", "市财政局", False, False),
        ("牵头单位：市水务局 配合单位：市财政局", "市水务局", "市财政局", False, False),
        ("牵头单位：市水务局；责任单位：市财政局、各区政府", "市水务局", "市财政局 各区政府", False, True),
        ("责任单位：市水务局配合单位：市财政局", "市水务局", "市财政局", False, False),
        ("负责部门：市水务局，适用范围：全市", "市水务局", "", False, False),
        ("责任领导：张某；责任单位：市水务局；完成时限：6月底", "市水务局", "", False, False),
        ("责任处室：秘书处、综合处，督查室配合", "秘书处 综合处", "督查室", True, False),
    ],
)
def test_truth_table(wording: str, lead: str, support: str, joint: bool, others: bool) -> None:
    found = parse_assignment(wording, issued_on="2023-01-01")
    assert found is not None
    assert (found.lead, found.support) == (tuple(lead.split()), tuple(support.split()))
    assert (found.joint, found.others) == (joint, others)


@pytest.mark.parametrize(
    "wording",
    [
        "以下简称市局",
        "含设计、施工、监理",
        "名单附后",
        "技能型人才",
        "此件公开发布",
        "见附件2",
        "不少于三次",
        "某某〔2021〕3号",
    ],
)
def test_other_brackets_assign_nothing(wording: str) -> None:
    assert parse_assignment(wording, bare=True) is None


def test_the_first_leads_where_the_document_says_so() -> None:
    assert FIRST_LEADS.search("列在第一位的为牵头单位") or FIRST_LEADS.search("排在第一位的单位为牵头单位")
    found = parse_assignment("责任单位：市水务局、市财政局、市公安局", first_leads=True)
    assert found is not None
    assert found.lead == ("市水务局",)
    assert found.support == ("市财政局", "市公安局")
    assert not found.joint


def test_only_brackets_that_close_a_sentence_are_clauses() -> None:
    text = "校内的部分（由市教育局负责）另行规定，其余照办。（市人社局负责）接着做宣传。（市委宣传部负责）"
    found = find_clauses(text)
    assert [c.assignment.lead for c in found] == [("市人社局",), ("市委宣传部",)]


def test_labels_after_the_full_stop_and_their_time() -> None:
    text = "摸清底数。牵头单位：市水务局；配合单位：市财政局。完成时限：2023年6月底前。"
    (found,) = find_clauses(text)
    assert found.end == len(text)
    assert [w.iso for w in found.assignment.times] == ["2023-06-30"]


@given(
    st.lists(st.sampled_from(OFFICES), min_size=2, max_size=5, unique=True),
    st.integers(1, 4),
    st.sampled_from(
        [
            "{0}牵头，{1}配合",
            "牵头单位：{0}；配合单位：{1}",
            "{0}牵头，{1}参与",
            "责任单位：{0}；协办单位：{1}",
            "{0}会同{1}负责",
        ]
    ),
)
def test_a_clause_written_out_reads_back(offices: list[str], cut: int, form: str) -> None:
    cut = min(cut, len(offices) - 1)
    lead, support = offices[:cut], offices[cut:]
    found = parse_assignment(form.format("、".join(lead), "、".join(support)))
    assert found is not None
    assert (found.lead, found.support) == (tuple(lead), tuple(support))


@given(st.text(alphabet="（）()【】市局部负责牵头配合单位：；，。、由会同等12月底前", max_size=120))
def test_any_text_is_no_error(text: str) -> None:
    for clause in find_clauses(text, issued_on="2023-01-01"):
        assert 0 <= clause.start < clause.end <= len(text)


@pytest.mark.parametrize(
    ("text", "lead", "support"),
    [
        ("（市金融局、人行青山中支负责）", "市金融局 人行青山中支", ""),
        ("（各乡镇（街道）、村（社区）负责）", "各乡镇（街道） 村（社区）", ""),
        ("（市发改局（市能源局）、市工信局（市大数据局）负责）", "市发改局（市能源局） 市工信局（市大数据局）", ""),
        ("（市水务局牵头，移动、联通、电信青山分公司配合）", "市水务局", "移动 联通 电信青山分公司"),
    ],
)
def test_a_bracket_with_unfamiliar_names_is_a_clause(text: str, lead: str, support: str) -> None:
    (clause,) = find_clauses("更新管网。" + text)
    assert (clause.assignment.lead, clause.assignment.support) == (tuple(lead.split()), tuple(support.split()))


@pytest.mark.parametrize("text", ["（谁主管谁负责）", "（政府主导、部门负责）", "（市长王某负责的小组）"])
def test_a_slogan_in_brackets_is_none(text: str) -> None:
    assert find_clauses("坚持原则。" + text) == []


@pytest.mark.parametrize(
    ("text", "lead", "deadline"),
    [
        ("（市水务局，2021年12月）", "市水务局", "2021-12-31"),
        ("（市水务局，市财政局；2021年12月底前完成）", "市水务局 市财政局", "2021-12-31"),
        ("（责任单位：市水务局；2021年12月）", "市水务局", "2021-12-31"),
        ("（市水务局，6月底前）", "市水务局", "2021-06-30"),
        ("（市水务局、各县（市、区）政府，完成时限：2021年12月）", "市水务局 各县（市、区）政府", "2021-12-31"),
    ],
)
def test_a_bare_list_may_close_with_a_time(text: str, lead: str, deadline: str) -> None:
    (clause,) = find_clauses("更新管网。" + text, issued_on="2021-01-01")
    assert clause.assignment.lead == tuple(lead.split())
    assert [t.iso for t in clause.assignment.times] == [deadline]


@pytest.mark.parametrize("rule", ["列在第一位的为牵头单位", "责任单位：列在首位的为牵头单位，其余为配合单位"])
def test_the_rule_that_the_first_leads_is_no_clause(rule: str) -> None:
    assert find_clauses(f"更新管网。（{rule}）") == []
    assert find_clauses(f"更新管网。{rule}。") == []


def test_the_rule_is_honoured_beside_the_names() -> None:
    (clause,) = find_clauses("更新管网。（责任单位：市水务局、市财政局，排在第一位的为牵头单位）")
    assert (clause.assignment.lead, clause.assignment.support) == (("市水务局",), ("市财政局",))


def test_a_bare_list_may_mark_its_leader_and_close_with_a_lasting_duty() -> None:
    (clause,) = find_clauses("更新管网。[市水务局(牵头)、市财政局，持续推进]")
    assert (clause.assignment.lead, clause.assignment.support) == (("市水务局",), ("市财政局",))
