"""目标量化: the measurable aims inside a task's wording, and the others marked as such.

An amount is an aim only where the wording makes it one: a comparison (不低于, 以上, 控制在 … 以内), a change
(提高, 压减, 上升 … 个位次), a rate that stands beside it (及时率100%), or a period with a count (每月…1次).
Thresholds that choose cases (对500万元以下的企业) are conditions, not aims.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from .amounts import Amount, amounts
from .plan import Operator, Target, Task

# Longer wording is not an aim; it is text that lost its marks, or meant to cost time.
_LONGEST, _LONGEST_CLAUSE = 20_000, 400
_HOPEFUL = re.compile(r"[0-9０-９零〇一二两三四五六七八九十百千半]|覆盖|无遗漏|应.尽")
_SENTENCE = re.compile(r"[^。；;！？!?\n]+")
_CLAUSE = re.compile(r"[^，,：:]+")
_BEFORE: tuple[tuple[str, Operator], ...] = (
    (
        r"(?:不|不得|不应|不能|不可|应不|均不|原则上不)(?:低于|少于|小于|短于|低过|少过)|(?:至少|最少|起码|最低)(?:达到|完成|有|为)?",
        ">=",
    ),
    (
        r"(?:不|不得|不应|不能|不可|均不|原则上不)(?:高于|超过|多于|大于|超出|迟于|长于|得超过|突破)|(?:至多|最多|最长|最迟|上限为?)(?:不超过)?",
        "<=",
    ),
    (r"(?:控制|压缩|压减|限制|缩短|降低|下降|减少|精简|压降|降)(?:在|到|至|为)", "<="),
    (r"(?:提高|提升|增加|增长|上升|扩大|增|升|拓展)(?:到|至|为)", ">="),
    (r"(?:达到|达|达成|实现|保持在?|稳定在|维持在|保证|确保)(?:了)?", ">="),
    (r"(?:超过|高于|大于|多于|突破|超)", ">"),
    (r"(?:低于|少于|小于|短于)", "<"),
    (r"(?:上升|提高|提升|增长|增加|前移|前进|进位|增幅|扩大|新增|净增|再增|跃升|晋升|增速)(?:了|约|近|为)?", "up"),
    (r"(?:下降|降低|减少|压减|压缩|缩短|精简|缩减|削减|压降|节约|节省|降幅|减幅)(?:了|约|近|为)?", "down"),
    (
        r"(?:完成|力争|争取|确保|建成|建设|培育|打造|引进|新建|举办|开展|召开|组织|发布|报送|培训|评选|创建|办结|实施|推出|编发|安排|培养|引育|招引)",
        "=",
    ),
)
_WORDS = re.compile("|".join(f"(?P<w{i}>{words})" for i, (words, _) in enumerate(_BEFORE)))
_LEADING = re.compile(
    rf"(?:{'|'.join(words for words, _ in _BEFORE)})\s*(?:力争|约|近|将近|大约|平均|累计|全年|总计|共)?\s*$"
)
_COMPARISON = re.compile(
    rf"(?:由[^由，,]{{1,12}})?(?:{'|'.join(words for words, _ in _BEFORE[:-1])}"
    r"|力争|争取|约|近|均|分别|为|是|在|前)+\s*$"
)
_AFTER: tuple[tuple[str, Operator], ...] = (
    (r"(?:及|或)?(?:以上|之上|或更多)", ">="),
    (r"(?:及|或)?(?:以内|之内|以下|之下|内)", "<="),
)
_RATE = re.compile(
    r"(?:[一-龥]{0,3}?(?:率|度|比例|占比|比重|面|总量|数量|总额|规模|增速|增幅|得分|分值|平均分|产值|时限|时间|时长|周期))$"
)
_RATE_WORD = re.compile(
    r"(?:(?:按时|按期|及时|一次|首次|依法|有效|自主|综合|先期|如期|全程|网上|在线|群众|平均|总体|实际|重复)?"
    r"(?:担保费|资产负债|劳动生产|土地产出|[^的、]{2})(?:率|时限|时间|时长|周期)"
    r"|(?:满意|知晓|支持|信任|认可|参与|贡献|集中|透明|开放|美誉|活跃)度|占比|比例|比重|总量|数量|总额|规模|增速|增幅|得分|分值)$"
)
_PERIODS = (
    ("半月", r"每半个?月|半月"),
    ("半年", r"每半年|半年"),
    ("日", r"每(?:个工作)?[日天]|日均"),
    ("周", r"每(?:一|个)?(?:周|星期)|周均"),
    ("季", r"每(?:一|个)?季度?|季均"),
    ("月", r"每(?:一|个)?月|月均|按月"),
    ("年", r"每(?:一|个)?年度?|年均|全年|每学?年|年(?:完成|开展|组织|举办)"),
)
_PERIOD = re.compile("|".join(f"(?P<p{i}>{words})" for i, (_, words) in enumerate(_PERIODS)))
_COUNTED = re.compile(
    r"(?:召开|举办|开展|组织|发布|报送|报告|通报|督查|检查|培训|评选|调度|召集|学习|走访|更新|公布|公开|安排|进行|举行|完成|实施|巡查|抽查|推送|编发|研究|听取|会商|培育|培养|引进|建成|建设|新建|打造|创建)(?![会班处室团])"
)
_WHOLE = re.compile(
    r"(?P<subject>[^，,、。；;：:“”]{0,20}?)(?P<words>(?<!健)全覆盖|全部覆盖|无遗漏|应[一-龥]尽[一-龥])(?![的”])"
)
_ZERO = re.compile(
    r"(?P<subject>[^，,、。；;：:“”‘’「」]{0,12}?)(?P<words>[“‘]?零(?P<what>投诉|事故|差错|上访|失误|死亡|延误|超时|积压|发案|发生|信访|伤亡|逾期|违规|违纪|举报|遗漏|增长|见面|跑动|排放|新增|复发|案件)[”’]?)"
)
_SPANS = frozenset(("年", "月", "个月", "日", "天", "周", "小时", "个小时", "分钟", "个工作日", "工作日", "个自然日"))
_DATE = re.compile(r"^(?:底|初|末|内|前|后|度|级|生|代|[0-9一二三四五六七八九十])")
_TRAILING = re.compile(r"(?:原则上|一般|可以?|须|承诺|至少|最多|最少|都|均)+$")
_FILLER = re.compile(
    r"^(?:[（(]|[（(]?[\d①-⑳]{1,2}[)）.]|原则上|凡|但|按|允许|引导|对|至少|最多|力争|争取|确保|努力|使|实现|要|将|全面|进一步|基本|并|且|其中|到|至|和|均|须|应|应当|必须|到?\d{4}年底?|年底|年内|年末)+"
)


def find_targets(tasks: Iterable[Task]) -> tuple[Target, ...]:
    """提取目标: target column first, then the other wording; a target column without a measure gives one "text".

    Each aim is given once per task, in the order found; `text` is the wording it was read from, verbatim.
    """
    return tuple(target for task in tasks for target in _of_task(task))


def _of_task(task: Task) -> Iterator[Target]:
    seen: set[tuple[object, ...]] = set()
    own = list(_of_text(task.target, task.number, loose=True)) if task.target else []
    rest = [t for part in (task.steps, task.task, task.text) if part for t in _of_text(part, task.number, loose=False)]
    if task.target and not own:
        own = [Target(task.number, task.task or task.measure, "", "text", None, "", "", task.target)]
    for target in [*own, *rest]:
        key = (target.operator, target.value, target.unit, target.period, target.measure)
        if key not in seen:
            seen.add(key)
            yield target


def _of_text(text: str, task: int, *, loose: bool) -> Iterator[Target]:
    for sentence in _SENTENCE.finditer(text[:_LONGEST]):
        subject = period = ""
        for clause in _CLAUSE.finditer(sentence.group()):
            if clause.end() - clause.start() > _LONGEST_CLAUSE:
                continue
            for target in _of_clause(clause.group(), task, subject=subject, period=period, loose=loose):
                subject = target.subject or subject
                yield target
            period = _period(clause.group()) or period


def _of_clause(clause: str, task: int, *, subject: str, period: str, loose: bool) -> Iterator[Target]:
    if not _HOPEFUL.search(clause):
        return
    period = _period(clause) or period
    begin = 0
    for amount in amounts(clause):
        if amount.start < begin:
            continue
        operators = _operators(clause, amount, period=period, loose=loose)
        every = "" if amount.unit in _SPANS else period
        end = amount.end + len(_after(clause, amount.end)[0])
        if operators:
            head = clause[begin : amount.start]
            quantities = _quantities(head, amount.unit)
            if amount.unit in ("次", "场") and not quantities[0][0]:
                quantities = [(_subject(re.split(r"[、（(]", clause[end:])[0])[:12], quantities[0][1])]
            for name, measure in quantities:
                for operator, value in operators:
                    yield Target(
                        task,
                        name or subject,
                        measure,
                        operator,
                        value,
                        amount.unit,
                        every,
                        clause[begin:end].strip(" 、"),
                    )
                subject = name or subject
            begin = end
    if begin == 0:
        yield from _words(clause, task, subject)


def _subject(text: str) -> str:
    return _TRAILING.sub("", _FILLER.sub("", text.strip(" 、的各"))).strip(" 、的")


def _words(clause: str, task: int, subject: str) -> Iterator[Target]:
    for match in _WHOLE.finditer(clause):
        name = _subject(match["subject"])
        if name or match.start("words") > 0:
            yield Target(
                task,
                name or subject,
                "覆盖率" if "覆盖" in match["words"] else "完成率",
                "=",
                Decimal(100),
                "%",
                "",
                match.group().strip(" 、"),
            )
    for match in _ZERO.finditer(clause):
        name = _subject(match["subject"]).removesuffix("趋")
        yield Target(task, name or subject, match["what"], "=", Decimal(0), "", "", match.group().strip(" 、"))


def _operators(clause: str, amount: Amount, *, period: str, loose: bool) -> list[tuple[Operator, Decimal]]:
    """How the text compares, with the value; empty where the amount is not an aim."""
    before, (tail, after) = clause[: amount.start], _after(clause, amount.end)
    rest = clause[amount.end + len(tail) :]
    if amount.unit in ("年", "日", "月", "个月") and (_DATE.match(rest) or not tail) and not _LEADING.search(before):
        return []
    if (amount.unit == "年" and not _LEADING.search(before)) or (amount.unit == "日" and before.endswith("月")):
        return []
    if re.search(r"第$|[〔\[（(]$", before) or (rest[:1] == "的" and not loose and not _is_change(before)):
        return []
    word = _before(before)
    operator: Operator
    if before.endswith("前") and amount.unit in ("名", "位", "%"):
        operator = "<="
    elif word in ("up", "down", "<", ">"):
        operator = word
    elif word in ("<=", ">=") and not (word == ">=" and _is_cap(amount) and not re.search(r"不|至少", before[-5:])):
        operator = after if word == ">=" and after == ">=" else word
    elif word in ("<=", ">="):
        operator = "="
    elif re.search(r"(?:至少|最少|不少于)[一-龥]{1,6}$", before):
        operator = ">="
    elif after and (loose or word == "=" or period or _RATE.search(before.rstrip(" 为、在")) or amount.unit == "%"):
        operator = after
    elif _RATE.search(before.rstrip(" 为是、")) and amount.unit in ("%", "‰", "分", "人", "家", "万元", "亿元"):
        operator = "="
    elif (
        period
        and amount.unit in ("次", "场", "期", "个", "项", "件", "家", "篇", "人", "名", "批", "份", "条")
        and _COUNTED.search(clause)
    ) or (loose and (word == "=" or (not rest and _COUNTED.search(clause)))):
        operator = ">=" if amount.more else "="
    else:
        return []
    if amount.low != amount.high:
        return [(">=", amount.low), ("<=", amount.high)]
    return [(operator, amount.low)]


def _is_cap(amount: Amount) -> bool:
    return amount.unit == "%" and amount.low == 100


def _is_change(before: str) -> bool:
    return _before(before) in ("up", "down")


def _before(before: str) -> Operator | None:
    match = _LEADING.search(before[-14:])
    if match is None:
        return None
    word = _WORDS.match(match.group())
    return _BEFORE[int((word.lastgroup or "w0")[1:])][1] if word else None


def _after(clause: str, position: int) -> tuple[str, Operator | None]:
    for words, operator in _AFTER:
        if match := re.compile(words).match(clause, position):
            return match.group(), operator
    return "", None


def _period(clause: str) -> str:
    match = _PERIOD.search(clause)
    return _PERIODS[int((match.lastgroup or "p0")[1:])][0] if match else ""


def _quantities(head: str, unit: str) -> list[tuple[str, str]]:
    """Subject and quantity of each name before an amount: 机关及时率、公开率 → (机关, 及时率), (机关, 公开率)."""
    head = _PERIOD.sub("", head)
    head = _COMPARISON.sub("", head)
    verb = _COUNTED.search(head) if unit not in ("%", "‰", "个百分点") else None
    if verb and unit in ("次", "场", "期"):
        return [(_subject(head[: verb.start()] + head[verb.end() :]), verb.group() + "次数")]
    parts = [part for part in re.split(r"、|(?<=[率度比])[和及与]", head) if part.strip()] or [""]
    if not all(_RATE_WORD.search(part) for part in parts):
        parts = [head]
    found: list[tuple[str, str]] = []
    subject = ""
    for part in parts:
        name = _subject(part)
        rate = _RATE_WORD.search(name)
        measure = rate.group() if rate else ""
        subject = _subject(name[: len(name) - len(measure)]) or subject
        found.append((subject, measure))
    return found
