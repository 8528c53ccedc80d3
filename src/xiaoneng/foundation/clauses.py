"""条款: the clauses of the plan this software was made to run, and the module that runs each.

A clause is written as the plan numbers it: "4(1)" is item (1) of measure 4. Code cites clauses as
"方案 4(1)"; a test refuses a citation of a clause that does not exist.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clause:
    """条款: `reference` as cited, `subject` in a few words, `tasks` rows of the annex, `module` that runs it."""

    reference: str
    subject: str
    tasks: tuple[int, ...]
    module: str


@dataclass(frozen=True, slots=True)
class Action:
    """行动: one of the four siblings of the house, with its clauses."""

    title: str
    package: str
    clauses: tuple[Clause, ...]


ACTIONS = (
    Action(
        "依法履职",
        "lawful_duty",
        (
            Clause("1(1)", "五张清单，清单之外无权力", (1,), "duty_lists"),
            Clause("1(2)", "政务公开与新闻发布", (2,), "disclosure"),
            Clause("1(3)", "干部培训", (3,), "training"),
            Clause("2(1)", "事中事后监管，督查推进", (4,), "oversight"),
            Clause("2(2)", "专项督查，AB 角，公文出错通报", (5,), "supervision"),
            Clause("3(1)", "执法全过程记录", (6,), "enforcement"),
            Clause("3(2)", "执法标准化与裁量基准", (7,), "enforcement"),
        ),
    ),
    Action(
        "提速增效",
        "efficiency",
        (
            Clause("4(1)", "网上办事", (8,), "service_hall"),
            Clause("4(2)", "企业服务平台与“135”限时办理", (9,), "enterprise"),
            Clause("5(1)", "多评合一、多图联审、联合验收", (10, 11), "joint_review"),
            Clause("5(2)", "审查标准库", (12,), "review_standards"),
            Clause("5(3)", "中介清理", (13,), "intermediaries"),
            Clause("6(1)", "深入一线，重点产业项目", (14, 15), "frontline"),
            Clause("6(2)", "证明清理", (16,), "proof_cleanup"),
        ),
    ),
    Action(
        "激励担当",
        "incentive",
        (
            Clause("7(1)", "十佳单位", (17,), "honours"),
            Clause("7(2)", "十佳服务品牌、十佳效能标兵", (18,), "honours"),
            Clause("7(3)", "先进典型宣传", (18,), "honours"),
            Clause("8", "绩效考核与四个挂钩", (19,), "assessment"),
            Clause("9", "容错", (20,), "tolerance"),
        ),
    ),
    Action(
        "整庸治懒",
        "discipline",
        (
            Clause("10(1)", "能上", (21,), "cadres"),
            Clause("10(2)", "能下", (22,), "cadres"),
            Clause("11", "负面清单与四个一律", (23,), "accountability"),
            Clause("12(1)", "百姓议效能、热线、12345", (24,), "appeals"),
            Clause("12(2)", "12388 举报与明察暗访", (25,), "visits"),
        ),
    ),
)

# 台账 and the rest of the kernel serve every clause; the programme itself answers the plan as a whole.
WHOLE_PLAN = "方案"


def references() -> frozenset[str]:
    """全部条款编号, with the bare number of each measure ("4") beside its items ("4(1)")."""
    cited = {clause.reference for action in ACTIONS for clause in action.clauses}
    return frozenset(cited | {reference.partition("(")[0] for reference in cited})
