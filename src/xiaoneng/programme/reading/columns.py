"""表头: what the columns of a task table mean, whatever their order, number and wording."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

Column = Literal[
    "number", "action", "measure", "task", "steps", "target", "deadline", "lead", "duty", "support", "person", "other"
]
# What a heading cell can be before its neighbours are known: detail, group, means and work are settled by `settle`.
Hint = Literal[
    "detail", "number", "group", "means", "work", "target", "deadline", "lead", "duty", "support", "person", "other"
]

UNITS: frozenset[str] = frozenset({"lead", "duty", "support"})
CONTENT: frozenset[str] = frozenset({"action", "measure", "task", "steps", "target"})
_BODY = r"(?:单位|部门|处室|科室|机构|主体|股室|部室|地区|方|科|局|责任人)"


@lru_cache(maxsize=1024)
def hint(name: str) -> Hint | None:
    """表头含义: the meaning of one heading cell; None where it is not a heading known to task tables."""
    name = re.sub(r"[\s　（(][^（）()]{0,12}[）)]|[\s　:：*]", "", name)
    if not 1 <= len(name) <= 12 or re.search(r"[。；，]|(?:表|方案|通知|计划|附件\d?)$", name):
        return None
    if re.fullmatch(r"序号?|编号|项次|号|NO\.?|No\.?|№|行次", name):
        return "number"
    if re.search(r"时限|期限|时间|进度|节点|完成日期|办结日期", name):
        return "deadline"
    if re.search(r"领导|责任人|联系人|负责人|包联|包保|联络员|电话", name) and not re.search(
        r"单位|部门|处室|科室", name
    ):
        return "person"
    if re.search(r"主管|管理机构|申报|建设单位|业主|推荐|联系单位|服务单位|使用单位|来源|数据|填报|采集|统计", name):
        return "other"
    if re.search(r"配合|协办|参与|协同|协助|参加|支持单位", name) and not re.search(r"牵头|责任", name):
        return "support"
    if re.search(r"牵头|主办|主责|主要责任", name):
        return "duty" if re.search(r"配合|协办|参与|责任", name) and not name.startswith("主要") else "lead"
    if re.search(
        rf"(?:责任|承办|落实|实施|负责|承担|完成|执行|督办|监督){_BODY}|^责任(?:分工)?$|^分工$|^(?:单位|部门|处室|责任主体)$",
        name,
    ):
        return "duty"
    if re.fullmatch(r"(?:年度|主要|具体)?目标任务|(?:建设|实施|项目)内容(?:及规模)?", name):
        return "detail"
    if re.search(
        r"任务$|事项|^(?:主要|重点|具体|工作|目标)?任务|重点工作|工作要点|^工作$|名称|清单$|问题|项目名|工作内容$|任务",
        name,
    ) and not re.search(r"目标$|要求$|标准$|措施|举措|步骤", name):
        return "work"
    if re.search(r"目标|要求|标准|成效|成果|预期|指标值|完成情况", name):
        return "target"
    if re.search(r"步骤|措施|举措|做法|内容|方法|路径|抓手|手段|思路", name):
        return "means"
    if re.search(r"项目|类别|分类|行动|领域|方面|板块|类型|专项|环节|指标|工程|模块|类$|维度|战线|条目", name):
        return "group"
    if re.search(r"备注|说明|依据|附注", name):
        return "other"
    return None


def settle(hints: Sequence[Hint | None]) -> tuple[Column, ...] | None:
    """定列: every column's meaning from its own heading and its place; None where the table assigns no work.

    Means (措施, 举措) before the work column are measures, after it steps; of several work columns the last
    is the task. A group (项目) is the action; where nothing else names the work, it is the task.
    """
    if not any(h in UNITS for h in hints):
        return None
    hints = _named_details(hints)
    columns: list[Column] = ["other" if h in (None, "group", "means", "work") else h for h in hints]  # type: ignore[misc]
    work = [i for i, h in enumerate(hints) if h == "work"]
    means = [i for i, h in enumerate(hints) if h == "means"]
    groups = [i for i, h in enumerate(hints) if h == "group"]
    task = work[-1] if work else means[0] if means and (groups or len(means) > 1) else None
    if task is None:
        task = groups.pop() if groups else means[0] if means else None
    if task is None:
        return None
    columns[task] = "task"
    for i in groups:
        columns[i] = "action" if "action" not in columns[:i] else "measure"
    for i in work[:-1]:
        columns[i] = "measure" if "measure" not in columns else "action" if "action" not in columns else "other"
    for i in means:
        if i != task:
            columns[i] = "steps" if i > task else "measure"
    return tuple(columns)


def _named_details(hints: Sequence[Hint | None]) -> list[Hint | None]:
    """目标任务、建设内容: what a named project is to achieve; where no column before it names the work, the work."""
    return [("means" if "work" in hints[:i] else "work") if h == "detail" else h for i, h in enumerate(hints)]
