from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoneng.programme.reading.prose import Rules, find_duties, headed_duty, opens_with_duty

ALL = Rules(weak="all", issued_on="2022-03-01")
STRICT = Rules(weak="none", issued_on="2022-03-01")


@pytest.mark.parametrize(
    ("sentence", "lead", "support", "deadline"),
    [
        ("综合四处于6月底前完成摸底。", "综合四处", "", "2022-06-30"),
        ("2022年9月底前，市教育局建立台账。", "市教育局", "", "2022-09-30"),
        ("市公安局负责校车路线的审核。", "市公安局", "", ""),
        ("老旧管网的更新，由市水务局负责。", "市水务局", "", ""),
        ("市水务局会同市财政局制定办法。", "市水务局", "市财政局", ""),
        ("请市司法局在4月底前报送清单。", "市司法局", "", "2022-04-30"),
        ("试点城市政府负责编制方案。", "试点城市政府", "", ""),
        ("财政、教育、公安部门分别负责有关审核。", "财政 教育 公安部门", "", ""),
        ("县（区）人民政府于2022年底前报告进展。", "县（区）人民政府", "", "2022-12-31"),
    ],
)
def test_duties_that_always_count(sentence: str, lead: str, support: str, deadline: str) -> None:
    (duty,) = find_duties(sentence, STRICT)
    assert duty.lead == tuple(lead.split())
    assert duty.support == tuple(support.split())
    assert max((w.iso for w in duty.times), default="") == deadline


@pytest.mark.parametrize(
    ("sentence", "lead"),
    [
        ("各区政府要切实加强管理。", "各区政府"),
        ("镇（街）、园区管委会应及时受理举报。", "镇（街） 园区管委会"),
        ("设计单位参与造假的，住建部门应记录并公示。", "住建部门"),
        ("自行承担改造的村（居）组织，应对施工进行监督。", "村（居）组织"),
    ],
)
def test_appeals_count_only_where_work_is_assigned_in_prose(sentence: str, lead: str) -> None:
    (duty,) = find_duties(sentence, ALL)
    assert duty.lead == tuple(lead.split())
    assert find_duties(sentence, STRICT) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "供水事关群众生活，是民生的重要方面。",
        "大力推进管网更新，提高供水质量。",
        "现将方案印发给你们，请认真执行。",
        "民营医院是医疗事业的重要力量。",
        "未经许可的单位不得施工。",
        "本办法由市水务局负责解释。",
    ],
)
def test_sentences_without_a_duty(sentence: str) -> None:
    assert find_duties(sentence, ALL) == []


def test_one_sentence_with_several_bearers_is_several_duties() -> None:
    found = find_duties("市发改委负责立项；市财政局负责拨款；市审计局负责监督。", STRICT)
    assert [d.lead for d in found] == [("市发改委",), ("市财政局",), ("市审计局",)]
    divided = Rules(weak="all", division=True)
    found = find_duties("教育部门审核名单，财政和医保部门结合名单拨付资金。", divided)
    assert [d.lead for d in found] == [("教育部门",), ("财政", "医保部门")]


def test_under_a_heading_that_divides_the_work_any_act_of_a_bearer_counts() -> None:
    sentence = "卫生健康部门监督指导医院填报数据。"
    assert find_duties(sentence, STRICT) == []
    assert find_duties(sentence, Rules(weak="none", division=True))[0].lead == ("卫生健康部门",)


def test_goals_without_a_bearer_are_no_tasks() -> None:
    goal = Rules(weak="none", goal=True, issued_on="2022-03-01")
    assert find_duties("到2025年，建成供水体系。", goal) == []
    assert find_duties("到2025年，市水务局建成供水体系。", goal)[0].lead == ("市水务局",)


def test_an_item_headed_by_its_bearer() -> None:
    duty = headed_duty("市教育局、市公安局：负责校园安全，9月底前完成排查。", rules=STRICT)
    assert duty is not None
    assert duty.lead == ("市教育局", "市公安局")
    assert duty.times[0].iso == "2022-09-30"
    assert headed_duty("有关要求：负责到底，逐级落实。") is None
    assert headed_duty("负责资金保障。", title="市财政局") is not None


def test_a_heading_may_not_open_with_a_duty() -> None:
    assert opens_with_duty("各科研单位要健全内部制度")
    assert not opens_with_duty("健全内部制度")


@given(st.text(alphabet="市局部委各要应负责由会同，。；：（）年底前6月、和等的", max_size=100))
def test_any_text_is_no_error(text: str) -> None:
    find_duties(text, ALL)
    headed_duty(text)


def test_a_bracket_is_no_sentence() -> None:
    assert find_duties("（市水务局牵头，某某社配合，2022年底前完成）", ALL) == []


def test_with_whom_a_mechanism_is_built_supports() -> None:
    (duty,) = find_duties("市水务局要与市财政局、市公安局建立联动机制。", ALL)
    assert (duty.lead, duty.support) == (("市水务局",), ("市财政局", "市公安局"))


def test_who_carries_it_out_leads() -> None:
    (duty,) = find_duties("更新工程由市水务局组织实施。", STRICT)
    assert duty.lead == ("市水务局",)


def test_a_free_trade_zone_stays_whole() -> None:
    (duty,) = find_duties("中国（青山）自由贸易试验区管委会负责编制清单。", STRICT)
    assert duty.lead == ("中国（青山）自由贸易试验区管委会",)
