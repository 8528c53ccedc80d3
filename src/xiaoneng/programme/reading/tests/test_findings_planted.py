"""疑点: one slip is planted in a plan that has none; the reader must find it, at its line, and say nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest

from xiaoneng.programme.reading import Finding, read_plan
from xiaoneng.programme.reading.tests.example import ROWS, Draft, draft

KINDS: tuple[Callable[[Draft], object], ...] = (Draft.document, Draft.flattened)


def findings(spoilt: Draft, kind: Callable[[Draft], object] = Draft.document) -> tuple[Finding, ...]:
    return read_plan(kind(spoilt)).findings  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", KINDS)
def test_a_plan_without_slips_has_no_findings(kind: Callable[[Draft], object]) -> None:
    assert findings(draft(), kind) == ()


class Slip(NamedTuple):
    """`right` becomes `wrong` in `times` places; `says` must be in the suggestion."""

    right: str
    wrong: str
    says: str
    table: bool = False
    times: int = 1


# One character for another that sounds or looks like it, in the body and in the annex.
SLIPS = (
    Slip("便民提速行动", "便民提束行动", "提速"),
    Slip("优化办事流程", "优化办事流呈", "流程"),
    Slip("督促检查", "督促捡查", "检查"),
    Slip("周密部署", "周密部暑", "部署"),
    Slip("精心组织", "精心组职", "组织"),
    Slip("统筹协调", "统筹协凋", "协调"),
    Slip("明确时间节点", "明确时间结点", "节点"),
    Slip("弄虚作假", "弄需作假", "弄虚"),
    Slip("推诿扯皮", "推委扯皮", "推诿"),
    Slip("失职渎职", "失职读职", "渎职"),
    Slip("群众诉求", "群众拆求", "诉求"),
    Slip("问题导向", "问题导象", "导向"),
    Slip("服务承诺", "服务承偌", "承诺"),
    Slip("规范性文件", "规范性文仵", "文件"),
    Slip("合法性审核", "合法性审该", "审核"),
    Slip("法律依据", "法律依椐", "依据"),
    Slip("切实履行", "切实屡行", "履行"),
    Slip("结合实际", "结合实标", "实际"),
    Slip("通报批评", "通报批平", "批评"),
    Slip("委托第三方", "委托第三放", "方"),
    Slip("工作作风", "工作做风", "作风"),
    Slip("主动担当作为", "主动但当作为", "担当"),
    Slip("规范公文运转", "规范公文运传", "运转", table=True, times=2),
    Slip("完善权责清单", "完善权责清淡", "清单", table=True, times=2),
    Slip("开展明察暗访", "开展名察暗访", "明察", table=True),
    Slip("推行一窗受理", "推行一窗授理", "受理", table=True),
    Slip("严格责任追究", "严格责任追纠", "追究", table=True),
    Slip("清理证明材料", "清理证明材科", "材料", table=True),
    Slip("一季一点评", "一季一点平", "点评", table=True),
    Slip("半月一督查", "半月一督察", "督查", table=True),
    Slip("健全服务热线", "健全服务热钱", "热线", table=True),
    Slip("建立审核台账", "建立审核抬账", "台账", table=True),
    Slip("法律顾问制度", "法律顾间制度", "顾问", table=True),
    Slip("实施便民提速行动", "实施便民提质行动", "提速", table=True, times=4),
)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("slip", SLIPS, ids=lambda s: s.wrong)
def test_wrong_character(slip: Slip, kind: Callable[[Draft], object]) -> None:
    spoilt = draft().replace(slip.right, slip.wrong, table=slip.table, count=slip.times)
    document = kind(spoilt)
    lines = dict(_texts(document))
    found = read_plan(document).findings  # type: ignore[arg-type]
    assert found, "not found"
    odd = next(w for w, r in zip(slip.wrong, slip.right, strict=True) if w != r)
    for f in found:
        assert f.code in ("confusion", "near-miss", "name-mismatch")
        assert odd in f.excerpt
        assert f.excerpt in lines[f.line]
        assert slip.says in f.suggestion
        assert slip.wrong not in lines[f.line].replace(f.excerpt, f.suggestion)


def _texts(document: object) -> list[tuple[int, str]]:
    from xiaoneng.foundation.blocks import Document, Paragraph

    assert isinstance(document, Document)
    out: list[tuple[int, str]] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            out.append((block.line, block.text))
        else:
            out += [(n, "\t".join(c.text for c in row)) for n, row in zip(block.lines, block.rows, strict=True)]
    return out


class Plant(NamedTuple):
    """A change of the draft with the finding that it must bring: code, excerpt, suggestion."""

    spoil: Callable[[Draft], Draft]
    code: str
    excerpt: str
    suggestion: str = ""


def swap(old: str, new: str, *, table: bool = False) -> Callable[[Draft], Draft]:
    return lambda d: d.replace(old, new, table=table)


FIRST_ROW = "每季度组织各科室"
TABLE_TITLE, LONGER_TITLE = "“清风提效”行动任务分解表", "“清风提效”行动工作任务分解表"
PLAN_TITLE = "云溪市人民政府办公室“清风提效”行动方案"
OTHER_TITLE = "云溪市人民政府办公室“清风提效”专项行动方案"
SLOGANS = "“清风提效”行动宣传标语"
PLANTS = {
    "count up": Plant(swap("四种情形", "五种情形"), "count-mismatch", "五种情形", "四种情形"),
    "count down": Plant(swap("四种情形", "三种情形"), "count-mismatch", "三种情形", "四种情形"),
    "item lost": Plant(swap("三是失职渎职的；", ""), "numbering-gap", "四是", "三是"),
    "classifier": Plant(
        swap(FIRST_ROW, f"落实“三项清单”，{FIRST_ROW}", table=True), "name-mismatch", "三项清单", "三张清单"
    ),
    "two numbers": Plant(
        swap(FIRST_ROW, f"落实“五张清单”，{FIRST_ROW}", table=True), "count-mismatch", "五张清单", "三张清单"
    ),
    "measure number skips": Plant(swap("4.畅通群众诉求", "6.畅通群众诉求"), "numbering-gap", "6.", "4."),
    "item number repeats": Plant(swap("（2）清理证明", "（1）清理证明"), "numbering-gap", "（1）", "（2）"),
    "section number skips": Plant(swap("四、工作要求", "五、工作要求"), "numbering-gap", "五、", "四、"),
    "row number skips": Plant(swap("7", "9", table=True), "numbering-gap", "9", "7"),
    "annex dropped": Plant(lambda d: d.drop("附件1").drop(SLOGANS).drop("规范履职有章法"), "annex-missing", SLOGANS),
    "annex not announced": Plant(lambda d: d.drop("2.“清风提效”"), "annex-missing", TABLE_TITLE),
    "annex title": Plant(
        swap(f"2.{TABLE_TITLE}", f"2.{LONGER_TITLE}"), "annex-title-mismatch", TABLE_TITLE, LONGER_TITLE
    ),
    "plan title": Plant(swap(f"《{PLAN_TITLE}》", f"《{OTHER_TITLE}》"), "name-mismatch", PLAN_TITLE, OTHER_TITLE),
    "bracket lost": Plant(swap("（三）严格考核", "（三严格考核"), "unpaired-mark", "（三严格考核问责。督"),
    "quote lost": Plant(swap("“三张清单”", "“三张清单"), "unpaired-mark", "“三张清单管理制度。"),
    "word twice": Plant(swap("及时整改", "及时及时整改"), "repeated-text", "及时及时", "及时"),
    "mark twice": Plant(swap("突出重点，", "突出重点，，"), "repeated-text", "，，", "，"),
    "office differs": Plant(swap("法规科", "综合二科", table=True), "office-mismatch", "综合二科", "法规科"),
    "office in another spelling": Plant(
        swap("政务服务科、", "政务股务科、", table=True), "unit-variant", "政务股务科", "政务服务科"
    ),
    "no office": Plant(swap("秘书科", "", table=True), "task-without-office", "压缩办理时限"),
    "no office in the body": Plant(swap("责任科室：秘书科。", ""), "task-without-office", "压缩办理时限"),
    "target not measurable": Plant(
        swap("审核率100%", "审核质量明显提升", table=True), "target-not-measurable", "审核质量明显提升"
    ),
    "no such day": Plant(swap("2017年3月6日", "2017年2月30日"), "date-conflict", "2017年2月30日"),
    "wrong weekday": Plant(
        swap("突出重点", "自2017年3月6日（星期三）起，突出重点"),
        "date-conflict",
        "2017年3月6日（星期三）",
        "2017年3月6日（星期一）",
    ),
    "period reversed": Plant(
        swap("突出重点", "2017年5月1日至2017年4月1日，突出重点"), "date-conflict", "2017年5月1日至2017年4月1日"
    ),
}


@pytest.mark.parametrize("plant", PLANTS.values(), ids=PLANTS.keys())
def test_planted_defect(plant: Plant) -> None:
    spoilt = plant.spoil(draft())
    document = spoilt.document()
    found = read_plan(document).findings
    hit = [f for f in found if f.code == plant.code and f.excerpt == plant.excerpt]
    assert hit, found
    assert hit[0].suggestion == plant.suggestion
    assert plant.excerpt in dict(_texts(document))[hit[0].line]


def test_a_row_of_the_annex_that_the_body_does_not_know() -> None:
    spoilt = draft()
    spoilt.rows.append(("11", ROWS[-1][1], ROWS[-1][2], "举办书法展览", "征集职工作品。", "参展作品不少于50件", "工会"))
    assert [(f.code, f.excerpt) for f in findings(spoilt)] == [("task-without-measure", "举办书法展览")]


def test_an_item_of_the_body_that_no_row_takes_up() -> None:
    spoilt = draft()
    del spoilt.rows[3]
    codes = {(f.code, f.excerpt) for f in findings(spoilt)}
    assert ("measure-without-task", "建立差错通报制度") in codes
    assert ("numbering-gap", "5") in codes


def test_a_measure_without_any_row() -> None:
    spoilt = draft()
    del spoilt.rows[6:8]
    assert ("measure-without-task", "畅通群众诉求") in {(f.code, f.excerpt) for f in findings(spoilt)}


def test_a_paragraph_that_stands_twice() -> None:
    spoilt = draft()
    at = next(i for i, line in enumerate(spoilt.lines) if line.startswith("（二）强化责任落实"))
    spoilt.lines.insert(at + 5, spoilt.lines[at])
    assert "repeated-text" in {f.code for f in findings(spoilt)}
