"""Groups, likeness and proposals: what a name in a plan means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoneng.foundation.actors import SYSTEM
from xiaoneng.kernel.organisation import api as organisation
from xiaoneng.kernel.organisation import names
from xiaoneng.kernel.organisation.services.units import add_alias
from xiaoneng.kernel.organisation.testing import NOW, Office

GROUPS = (
    "各处室",
    "各综合处",
    "综合各处室",
    "各综合处室",
    "机关各处室",
    "等相关处室",
    "相关处室",
    "有关处室",
    "各有关部门",
    "有关部门",
    "其他有关部门",
    "其他有关执法机关",
    "市直各部门",
    "市直有关部门",
    "各地",
    "各地区",
    "各省份",
    "各市、州、县人民政府",
    "各镇人民政府",
    "各有关省（市）人民政府",
    "各自贸试验区",
    "各金融机构",
    "各有关地区和部门",
    "秘书一处等",
    "全体处室",
)
UNITS = (
    "综合四处",
    "综合处",
    "督查室",
    "监察室",
    "政务公开和新闻联络处",
    "发展改革委",
    "银保监会",
    "市场监管总局",
    "国务院扶贫办",
    "省人力资源和社会保障厅",
    "各界人士联络处",
    "等级保护测评中心",
    "东岭县人民政府",
)


@pytest.mark.parametrize("name", GROUPS)
def test_groups(name: str) -> None:
    assert organisation.classify(name) == "group"


@pytest.mark.parametrize("name", UNITS)
def test_units(name: str) -> None:
    assert organisation.classify(name) == "unit"


def _expanded(name: str) -> set[str]:
    return {unit.name for unit in organisation.expand_group(name, NOW)}


def test_groups_stand_for_the_units_there_are(office: Office) -> None:
    numbered = {f"综合{numeral}处" for numeral in "一二三四五六"}
    divisions = {unit.name for unit in office.units.values() if unit.kind == "division"}
    assert _expanded("各综合处") == _expanded("综合各处室") == _expanded("各综合处室") == numbered
    assert _expanded("各处室") == _expanded("机关各处室") == divisions
    assert _expanded("市直各部门") == {"云溪市财政局", "云溪市审计局"}
    assert _expanded("各市、州、县人民政府") == _expanded("各地") == {"东岭县人民政府", "西桥区人民政府"}
    for unsaid in ("有关部门", "等相关处室", "各有关部门", "其他处室"):
        assert _expanded(unsaid) == set(), "who is concerned is not in the words"
    assert organisation.expand_group("综合一处", NOW) == []


def test_proposals_say_what_a_name_means_and_why(office: Office) -> None:
    add_alias(office.units["督查室"], name="市政府督查室", actor=SYSTEM, at=NOW)
    asked = [
        "综合一处",
        "市政府督查室",
        "政务公开与新闻联络处",
        "综合七处",
        "各综合处",
        "有关部门",
        "信息中心",
        "综合一处",
    ]
    found = {proposal.name: proposal for proposal in organisation.propose_units(asked, NOW)}
    assert list(found) == asked[:-1], "each name once, in order"
    assert {name: proposal.kind for name, proposal in found.items()} == {
        "综合一处": "exact",
        "市政府督查室": "alias",
        "政务公开与新闻联络处": "near",
        "综合七处": "new",
        "各综合处": "group",
        "有关部门": "group",
        "信息中心": "new",
    }
    assert found["市政府督查室"].match == office.units["督查室"]
    near = found["政务公开与新闻联络处"]
    assert (near.match, near.candidates) == (None, [office.units["政务公开和新闻联络处"]])
    assert "请确认是否同一机构" in near.reason
    assert len(found["各综合处"].candidates) == 6
    assert all(proposal.reason.endswith("。") for proposal in found.values())


def test_a_unit_is_found_by_any_spelling_that_means_it(office: Office) -> None:
    for spelling in ("综合一处", " 综合 一处 ", "综合一处\u200b"):
        assert organisation.unit_by_name(spelling, NOW) == office.units["综合一处"]
    assert organisation.unit_by_name("各处室", NOW) is None


text = st.text(alphabet="综合一二三四处室科秘书督查政务公开和与各有关部门等、（）()Ａ１ \u200b\n", max_size=20)


@given(text)
def test_tidying_twice_changes_nothing(name: str) -> None:
    assert names.tidy(names.tidy(name)) == names.tidy(name)
    assert names.classify(names.tidy(name)) == names.classify(name)


@given(text, text)
def test_likeness_is_symmetric_and_bounded(one: str, other: str) -> None:
    score = names.likeness(one, other)
    assert 0 <= score <= 100
    assert score == pytest.approx(names.likeness(other, one))


@given(st.sampled_from(names.NUMERALS), st.sampled_from(names.NUMERALS))
def test_numbered_divisions_are_never_slips_of_each_other(one: str, other: str) -> None:
    near = bool(names.nearest(f"综合{one}处", [f"综合{other}处"]))
    assert near == (one == other)


@given(st.text(max_size=40))
def test_any_text_is_one_or_the_other(name: str) -> None:
    assert names.classify(name) in ("unit", "group")
    meant = names.group(name)
    assert (meant is None) == (names.classify(name) == "unit")
