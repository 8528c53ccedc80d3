"""范例: a made-up plan without a single slip, as a document that tests spoil in one place at a time."""

from __future__ import annotations

from dataclasses import dataclass

from xiaoneng.foundation.blocks import Cell, Document, Paragraph, Table

TEXT = """\
云溪市人民政府办公室关于印发“清风提效”行动方案的通知
云政办发〔2017〕12号
各科室：
现将《云溪市人民政府办公室“清风提效”行动方案》印发给你们，请结合实际认真组织实施。
云溪市人民政府办公室
2017年3月6日
云溪市人民政府办公室“清风提效”行动方案
为转变工作作风，提高服务质量，根据市委有关文件精神，结合我办实际，制定本方案。
一、总体要求
坚持问题导向和目标导向，突出重点，狠抓落实，努力建设人民满意的服务型机关。全办干部要增强责任意识，主动担当作为。
二、组织领导
成立行动领导小组，由办公室主任担任组长，下设办公室，负责统筹协调和督促检查。
三、主要任务
（一）实施规范履职行动
1.完善权责清单
（1）动态调整清单。对照法律法规，每季度调整一次权力清单和责任清单，落实“三张清单”管理制度。责任科室：综合一科。
（2）加强合法性审核。规范性文件印发前一律进行合法性审核，审核意见存入档案。责任科室：法规科。
2.规范公文运转
（1）压缩办理时限。普通公文在三个工作日内办结，紧急公文随到随办。责任科室：秘书科。
（2）建立差错通报制度。对公文差错每月通报一次，通报结果作为年度考核的重要参考。责任科室：督查科。
（二）实施便民提速行动
3.优化办事流程
（1）推行一窗受理。政务服务大厅设立综合窗口，公布办事指南和服务承诺。责任科室：政务服务科。
（2）清理证明材料。取消没有法律依据的证明，推进数据共享，减少群众跑腿。责任科室：政务服务科、信息科。
4.畅通群众诉求
（1）健全服务热线。群众诉求及时受理、限时办结、跟踪回访。责任科室：督查科。
（2）开展满意度测评。委托第三方开展满意度测评，测评结果向社会公布。责任科室：监察科。
（三）实施正风问责行动
5.强化监督检查
（1）开展明察暗访。围绕工作纪律和服务态度开展明察暗访，发现问题及时整改。责任科室：监察科。
（2）严格责任追究。对下列四种情形严肃处理：一是推诿扯皮的；二是弄虚作假的；三是失职渎职的；四是吃拿卡要的。责任科室：监察科。
四、工作要求
（一）加强组织领导。各科室负责人要切实履行第一责任人职责，周密部署，精心组织。
（二）强化责任落实。各科室要细化工作措施，明确时间节点，确保各项任务按时完成。
（三）严格考核问责。督查科要加强督促检查，对落实不力的予以通报批评。
附件：1.“清风提效”行动宣传标语
2.“清风提效”行动任务分解表
附件1
“清风提效”行动宣传标语
规范履职有章法，便民提速见真情。
附件2
“清风提效”行动任务分解表
"""
HEADINGS = ("序号", "项目", "工作举措", "具体任务", "工作措施", "目标要求", "责任科室")
ONE, TWO, THREE = "（一）实施规范履职行动", "（二）实施便民提速行动", "（三）实施正风问责行动"
ROWS = (
    (
        "1",
        ONE,
        "1.完善权责清单",
        "动态调整清单",
        "每季度组织各科室核对权力清单和责任清单。",
        "清单公开率100%",
        "综合一科",
    ),
    ("2", ONE, "1.完善权责清单", "加强合法性审核", "建立审核台账，落实法律顾问制度。", "审核率100%", "法规科"),
    ("3", ONE, "2.规范公文运转", "压缩办理时限", "实行公文办理限时提醒。", "普通公文办结时间不超过3个工作日", "秘书科"),
    ("4", ONE, "2.规范公文运转", "建立差错通报制度", "每月汇总公文差错并通报。", "差错率低于1%", "督查科"),
    ("5", TWO, "3.优化办事流程", "推行一窗受理", "设置综合窗口，开展业务培训。", "一窗受理率90%以上", "政务服务科"),
    (
        "6",
        TWO,
        "3.优化办事流程",
        "清理证明材料",
        "公布取消证明目录，加强部门数据共享。",
        "证明材料压减30%以上",
        "政务服务科、信息科",
    ),
    (
        "7",
        TWO,
        "4.畅通群众诉求",
        "健全服务热线",
        "完善受理、交办、回访流程。",
        "诉求回复率100%，满意率95%以上",
        "督查科",
    ),
    ("8", TWO, "4.畅通群众诉求", "开展满意度测评", "每半年委托第三方开展一次测评。", "每年测评2次以上", "监察科"),
    (
        "9",
        THREE,
        "5.强化监督检查",
        "开展明察暗访",
        "实行半月一督查、一月一通报、一季一点评。",
        "每季度明察暗访不少于3次",
        "监察科",
    ),
    ("10", THREE, "5.强化监督检查", "严格责任追究", "对问题线索建立台账，逐件销号。", "线索办结率100%", "监察科"),
)


@dataclass
class Draft:
    """草稿: text and rows that a test may change before it makes the document."""

    lines: list[str]
    rows: list[tuple[str, ...]]

    def replace(self, old: str, new: str, *, count: int = 1, table: bool = False) -> Draft:
        """Replaces in the body, or in the table, and insists that there was something to replace."""
        before = (list(self.lines), list(self.rows))
        if table:
            for i, row in enumerate(self.rows):
                if count and any(old in cell for cell in row):
                    self.rows[i] = tuple(cell.replace(old, new) for cell in row)
                    count -= 1
        else:
            for i, line in enumerate(self.lines):
                if count and old in line:
                    self.lines[i] = line.replace(old, new, 1)
                    count -= 1
        assert (self.lines, self.rows) != before, old
        return self

    def drop(self, start: str) -> Draft:
        at = next(i for i, line in enumerate(self.lines) if line.startswith(start))
        del self.lines[at]
        return self

    def document(self) -> Document:
        blocks: list[Paragraph | Table] = [Paragraph(text, i) for i, text in enumerate(self.lines, 1)]
        first = len(self.lines) + 1
        rows = [tuple(Cell(h) for h in HEADINGS)]
        for i, row in enumerate(self.rows):
            merged = [i > 0 and k in (1, 2) and self.rows[i - 1][k] == row[k] for k in range(len(row))]
            rows.append(tuple(Cell(text, origin=not m) for text, m in zip(row, merged, strict=True)))
        blocks.append(Table(tuple(rows), first, tuple(range(first, first + len(rows)))))
        return Document(tuple(blocks), "txt")

    def flattened(self) -> Document:
        """One cell per line with merged cells missing, as a table is left by copying text off a page."""
        lines = [*self.lines, *HEADINGS]
        for i, row in enumerate(self.rows):
            lines += [c for k, c in enumerate(row) if not (i > 0 and k in (1, 2) and self.rows[i - 1][k] == c)]
        return Document(tuple(Paragraph(text, i) for i, text in enumerate(lines, 1)), "txt")


def draft() -> Draft:
    return Draft(TEXT.splitlines(), list(ROWS))
