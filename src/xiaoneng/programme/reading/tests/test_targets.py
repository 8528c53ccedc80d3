"""目标量化: wording becomes operator, value, unit and period."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoneng.programme.reading.amounts import amounts
from xiaoneng.programme.reading.plan import Target, Task
from xiaoneng.programme.reading.targets import find_targets


def task(target: str = "", *, steps: str = "", text: str = "") -> Task:
    return Task(1, (), "", "", 0, "", steps, target, text, (), (), False, False, "", "", 1)


def measured(text: str) -> list[tuple[str, int | float | None, str, str]]:
    found = find_targets([task(text)])
    return [(t.operator, None if t.value is None else float(t.value), t.unit, t.period) for t in found]


CASES = {
    "政务公开及时率、公开率100%": [("=", 100, "%", ""), ("=", 100, "%", "")],
    "办结率99%以上": [(">=", 99, "%", "")],
    "满意率95％以上，回复率100％": [(">=", 95, "%", ""), ("=", 100, "%", "")],
    "满意率超过98%": [(">", 98, "%", "")],
    "差错率低于1%": [("<", 1, "%", "")],
    "合格率达到90%": [(">=", 90, "%", "")],
    "覆盖率达到100%": [("=", 100, "%", "")],
    "办结率达到百分之九十五以上": [(">=", 95, "%", "")],
    "力争覆盖率达到三分之二以上": [(">=", 66.67, "%", "")],
    "一半以上事项网上办理": [(">=", 50, "%", "")],
    "每月召开例会1次以上": [(">=", 1, "次", "月")],
    "每季度至少一次": [(">=", 1, "次", "季")],
    "每年举办培训班两次": [("=", 2, "次", "年")],
    "每半年开展一次测评": [("=", 1, "次", "半年")],
    "省内考核上升一个位次": [("up", 1, "个位次", "")],
    "满意度提高10个百分点": [("up", 10, "个百分点", "")],
    "收入增长8%左右": [("up", 8, "%", "")],
    "审批事项压减30%以上": [("down", 30, "%", "")],
    "办理时限不超过5个工作日": [("<=", 5, "个工作日", "")],
    "平均用时控制在3个工作日以内": [("<=", 3, "个工作日", "")],
    "审批时限由20个工作日压缩到10个工作日": [("<=", 10, "个工作日", "")],
    "举办培训不少于3场": [(">=", 3, "场", "")],
    "开展检查十余次": [(">=", 10, "次", "")],
    "培育企业3—5个": [(">=", 3, "个", ""), ("<=", 5, "个", "")],
    "引进资金10万元以上": [(">=", 10, "万元", "")],
    "投资达到1000亿元": [(">=", 1000, "亿元", "")],
    "争取进入前三名": [("<=", 3, "名", "")],
    "实现乡镇全覆盖": [("=", 100, "%", "")],
    "安全生产零事故": [("=", 0, "", "")],
    "网上可办率提升至90%以上、即办率不低于50%": [(">=", 90, "%", ""), (">=", 50, "%", "")],
}


@pytest.mark.parametrize("text", CASES)
def test_wording(text: str) -> None:
    assert measured(text) == CASES[text]


@pytest.mark.parametrize(
    "text", ["进入全省第一方阵", "力争榜上有名", "建成一流服务平台", "2016年12月底前完成", "争当标杆"]
)
def test_an_aim_that_can_only_be_judged_is_kept_as_text(text: str) -> None:
    assert find_targets([task(text)]) == (Target(1, "", "", "text", None, "", "", text),)


def test_subject_and_measure_are_told_apart() -> None:
    found = find_targets(
        [task("本办政务公开及时率、公开率100%；市民诉求回复率100%，满意率95%以上；每月召开新闻发布会1次")]
    )
    assert [(t.subject, t.measure) for t in found] == [
        ("本办政务公开", "及时率"),
        ("本办政务公开", "公开率"),
        ("市民诉求", "回复率"),
        ("市民诉求", "满意率"),
        ("新闻发布会", "召开次数"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "对单户500万元以下的小微企业给予补贴",
        "根据第54次会议精神制定方案",
        "下设3个工作组，配备5名人员",
        "每名子女按每月1000元的标准扣除",
        "按多频次、高密度、全覆盖的要求开展检查",
        "建立健全覆盖城乡的服务体系",
    ],
)
def test_numbers_that_are_no_aims(text: str) -> None:
    assert find_targets([task(text=text)]) == ()


def test_steps_are_read_too_and_nothing_is_told_twice() -> None:
    found = find_targets(
        [task("满意率95%以上", steps="每季度开展一次督查。", text="每季度开展一次督查。满意率95%以上")]
    )
    assert [(t.operator, t.value, t.period) for t in found] == [(">=", Decimal(95), ""), ("=", Decimal(1), "季")]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1,200家", 1200, "家"),
        ("３次", 3, "次"),
        ("1.5万人", 15000, "人"),
        ("三千二百户", 3200, "户"),
        ("百分之三点五", 3.5, "%"),
        ("千分之三", 3, "‰"),
    ],
)
def test_amounts(text: str, value: float, unit: str) -> None:
    [found] = amounts(text)
    assert (float(found.low), found.unit) == (value, unit)


SCRAPS = "每年月季半一二三十百千万亿分之%．.，、,;。不少于超过以上内提高控制在到率度次个工作日0123456789余 第前零全覆盖"


@given(st.text(alphabet=SCRAPS, max_size=60))
def test_any_wording_is_answered_and_verbatim(text: str) -> None:
    for target in find_targets([task(text)]):
        assert target.text in text
        assert target.operator == "text" or target.value is not None
