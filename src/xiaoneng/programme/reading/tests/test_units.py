from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoneng.programme.reading.units import looks_like_unit, split_units

NAMES = [
    "财政部",
    "工业和信息化部",
    "人力资源和社会保障局",
    "市住房和城乡建设局",
    "文化和旅游部",
    "国家粮食和物资储备局",
    "各市、州、县人民政府",
    "秘书三处",
    "督查室",
    "省自然资源厅",
    "市场监管总局",
    "市税务局",
    "团市委",
    "国家发展改革委",
    "电子政务和信息处",
    "政务公开和新闻联络处",
    "市公安局",
    "各省（区、市）人民政府",
]


@pytest.mark.parametrize(
    ("text", "names", "others"),
    [
        ("财政部和教育部", ("财政部", "教育部"), False),
        ("工业和信息化部和文化和旅游部", ("工业和信息化部", "文化和旅游部"), False),
        ("市卫生健康委、市民政局及各区人民政府", ("市卫生健康委", "市民政局", "各区人民政府"), True),
        ("综合三处、综合七处等相关处室", ("综合三处", "综合七处"), True),
        ("人民银行等部门", ("人民银行",), True),
        ("商务部等12个部门", ("商务部",), True),
        ("市教育局，市财政局", ("市教育局", "市财政局"), False),
        ("财政和医保部门", ("财政", "医保部门"), False),
        ("各有关部门和单位", ("各有关部门和单位",), True),
        ("市政府各部门、各区县（自治县）人民政府", ("市政府各部门", "各区县（自治县）人民政府"), True),
        ("镇（街）或者园区管委会", ("镇（街）", "园区管委会"), False),
        ("由市水务局", ("市水务局",), False),
        ("市农业农村局、市农业农村局", ("市农业农村局",), False),
        ("", (), False),
    ],
)
def test_truth_table(text: str, names: tuple[str, ...], others: bool) -> None:
    found = split_units(text)
    assert (found.names, found.others) == (names, others)


@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=8, unique=True), st.sampled_from("、，"), st.booleans())
def test_a_list_of_names_comes_back_as_written(names: list[str], separator: str, joined: bool) -> None:
    text = separator.join(names[:-1]) + "和" + names[-1] if joined and len(names) > 1 else separator.join(names)
    assert split_units(text).names == tuple(names)


@pytest.mark.parametrize(
    "name", [*NAMES, "区行政审批服务局", "各地区", "县级以上地方人民政府", "人行某市分行", "村（居）组织"]
)
def test_names_look_like_names(name: str) -> None:
    assert looks_like_unit(name)


@pytest.mark.parametrize(
    "text", ["全部", "试行", "推进集中供热", "办公场所", "以下简称市局", "由市教育局", "会议", "一"]
)
def test_other_words_do_not(text: str) -> None:
    assert not looks_like_unit(text)


@given(st.text(max_size=60))
def test_any_text_is_no_error(text: str) -> None:
    split_units(text)
    looks_like_unit(text)


@pytest.mark.parametrize(
    "name", ["各区、县（市）人民政府", "各市州、县市区人民政府", "各县（市、区）政府", "各市、县〔区〕人民政府"]
)
def test_collective_governments_are_one_name(name: str) -> None:
    assert looks_like_unit(name)
    assert split_units(f"市水务局、{name}，市财政局").names == ("市水务局", name, "市财政局")


@pytest.mark.parametrize("etc", ["等国务院相关部门", "等中央有关部门", "等省有关单位", "等市直有关部门"])
def test_what_follows_and_others_is_no_name(etc: str) -> None:
    found = split_units(f"财政部、税务总局{etc}")
    assert (found.names, found.others) == (("财政部", "税务总局"), True)
