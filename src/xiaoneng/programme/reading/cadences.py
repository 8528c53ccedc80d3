"""频次: recurring duties ("半月一督查", "每季度一次例会", "每年2月底前") as RFC 5545 rules without DTSTART.

Half a month is the 1st and the 15th (FREQ=MONTHLY;BYMONTHDAY=1,15): a fortnight (FREQ=WEEKLY;INTERVAL=2) drifts
through the months, and the reports these duties feed are monthly. A 旬 is the 1st, 11th and 21st for the same reason.
A quarter and half a year are three and six months, so that the first date sets the rhythm.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .numbering import han_number
from .plan import Cadence, Task

_N = "一二两双三四五六七八九十"
_NOUNS = (
    "调度|通报|督查|督导|督办|点评|观摩|考核|评估|评议|评比|评价|例会|报告|报送|小结|总结|检查|抽查|会商|分析|研判|"
    "公示|公布|公开|更新|巡查|排名|晾晒|盘点|汇总|反馈|讲评|述职|轮训|培训|测评|走访|听取|汇报|复盘|会办|推进|清单"
)
_EVERY: tuple[tuple[str, str], ...] = (
    (r"半个?月", "FREQ=MONTHLY;BYMONTHDAY=1,15"),
    (r"旬", "FREQ=MONTHLY;BYMONTHDAY=1,11,21"),
    (r"(?:个)?工作日", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
    (r"[一]?(?:个)?(?:日|天)", "FREQ=DAILY"),
    (r"半年度?", "FREQ=MONTHLY;INTERVAL=6"),
)
_UNITS = {
    "日": "DAILY",
    "天": "DAILY",
    "周": "WEEKLY",
    "星期": "WEEKLY",
    "月": "MONTHLY",
    "季": "MONTHLY",
    "年": "YEARLY",
}
_SPAN = rf"半个?月|半年度?|旬|(?:\d{{1,2}}|[{_N}]{{1,2}})?个?(?:工作日|日|天|周|星期|月|季度?|年度?)"
_WEEKDAYS = dict(zip("一二三四五六日天", ("MO", "TU", "WE", "TH", "FR", "SA", "SU", "SU"), strict=True))

# Half-month … year, then 一, then what is done: 半月一督查. The noun may be any two characters (it may hold an error).
_COUPLET = re.compile(
    rf"(?<![\d{_N}〇零○第某同本当上下每])(?P<span>半月|半年|旬|(?:[{_N}]个?)?(?:日|天|周|月|季度?|年))一(?P<what>(?!日)[一-龥]{{1,4}}?)"
    r"(?=[、，,；;。”’\"'）)》\s和及的等]|$)"
)
_NAMED = re.compile(rf"(?<![一-龥\d])(?P<span>日|周|旬|月|双月|季|季度|半年|月度|半年度)(?:{_NOUNS})(?![一-龥])")
_EACH = re.compile(
    rf"(?:每隔?|按|逐(?!.{{1,2}}(?:[增提上下减递扩加降改完]|扩大)))(?:满|逢)?(?P<span>{_SPAN})(?!报[刊纸]|[份薪饭期内间级])(?!\d[\d.,]*[万亿]?元)"
)
_YEARDAY = re.compile(r"^(?:的)?(?P<month>\d{1,2})月(?:份)?(?:(?P<day>\d{1,2})[日号]|(?P<part>底|末|初|[上中下]旬))?")
_MONTHDAY = re.compile(r"^(?:的)?(?P<day>\d{1,2})[日号]")
_QUARTERDAY = re.compile(r"^(?P<which>首月|末月|第[一二三]个月)(?P<day>\d{1,2})?[日号]?")
_END = re.compile(r"^(?:的)?(?:年)?(?:底|末)")
_CLAUSE_END = re.compile(r"[，,。；;、：:！!？?\n]")
_LONGEST, _LONGEST_TEXT = 40, 20_000


def find_cadences(tasks: Iterable[Task]) -> tuple[Cadence, ...]:
    """提取频次: once per task and wording, in the order of the text; wording that names no rhythm gives none."""
    return tuple(cadence for task in tasks for cadence in _of_task(task))


def _of_task(task: Task) -> Iterator[Cadence]:
    seen: set[tuple[str, str]] = set()
    for part in dict.fromkeys((task.target, task.task, task.steps, task.deadline_text, task.text)):
        for text, rule in _of_text(part[:_LONGEST_TEXT]):
            if (text, rule) not in seen and not any(rule == r and (text in t or t in text) for t, r in seen):
                seen.add((text, rule))
                yield Cadence(task.number, text, rule)


def _of_text(text: str) -> list[tuple[str, str]]:
    found = [
        (match.start(), match.end(), match.group(), _rule(match["span"], ""))
        for pattern in (_COUPLET, _NAMED)
        for match in pattern.finditer(text)
    ]
    taken = {place for start, end, _, _ in found for place in range(start, end)}
    for match in _EACH.finditer(text):
        if match.start() in taken:
            continue
        if rule := _rule(
            match["span"], text[match.end("span") : match.end("span") + 12], by="按逐".find(text[match.start()]) >= 0
        ):
            stop = _CLAUSE_END.search(text, match.end())
            end = min(stop.start() if stop else len(text), match.start() + _LONGEST)
            found.append((match.start(), match.end(), text[match.start() : end].strip(), rule))
    return [(words, rule) for _, _, words, rule in sorted(found) if rule]


def _rule(span: str, rest: str, *, by: bool = False) -> str:
    """The rule for a span (半月, 两个月) and the words after it (2月底前, 10日前); "" where it is no rhythm."""
    for words, rule in _EVERY:
        if re.fullmatch(words, span):
            return rule
    parsed = re.fullmatch(rf"(?P<n>\d{{1,2}}|[{_N}]{{1,2}})?个?(?P<unit>日|天|周|星期|月|季|年)度?", span)
    if parsed is None:
        return ""
    count, unit = _count(parsed["n"]), parsed["unit"]
    if not 1 <= count <= 36 or (by and parsed["n"]):
        return ""
    if unit == "季":
        return _quarter(rest) if count == 1 else f"FREQ=MONTHLY;INTERVAL={3 * count}"
    head = f"FREQ={_UNITS[unit]}" + (f";INTERVAL={count}" if count > 1 else "")
    if count > 1 or by:
        return head
    if unit in ("周", "星期"):
        day = _WEEKDAYS.get(rest[:1], "") or _WEEKDAYS.get(
            "一二三四五六日"[int(rest[0]) - 1] if rest[:1] in "1234567" and rest else "", ""
        )
        counted = rest[1:2] in "次期个场份篇项轮"
        return f"{head};BYDAY={day}" if day and not counted else head
    if unit == "月":
        return head + _month_day(rest)
    return head + _year_day(rest) if unit == "年" else head


def _count(written: str | None) -> int:
    if not written:
        return 1
    if written.isdigit():
        return int(written)
    return han_number(written.replace("两", "二").replace("双", "二"))


def _month_day(rest: str) -> str:
    if found := _MONTHDAY.match(rest):
        day = int(found["day"])
        return f";BYMONTHDAY={day}" if 1 <= day <= 31 else ""
    return ";BYMONTHDAY=-1" if _END.match(rest) else ""


def _year_day(rest: str) -> str:
    found = _YEARDAY.match(rest)
    if found is None:
        return ";BYMONTH=12;BYMONTHDAY=31" if _END.match(rest) else ""
    month = int(found["month"])
    if not 1 <= month <= 12:
        return ""
    day = found["day"] or {"底": "-1", "末": "-1", "初": "1", "上旬": "10", "中旬": "20", "下旬": "-1"}.get(
        found["part"] or "", ""
    )
    if not day:
        return f";BYMONTH={month}" + (";BYMONTHDAY=-1" if rest[found.end() :][:1] in ("前", "内") else ";BYMONTHDAY=1")
    return f";BYMONTH={month};BYMONTHDAY={int(day)}" if -1 <= int(day) <= 31 else ""


def _quarter(rest: str) -> str:
    if found := _QUARTERDAY.match(rest):
        first = {"首月": 1, "第一个月": 1, "第二个月": 2}.get(found["which"], 3)
        months = ",".join(str(first + 3 * i) for i in range(4))
        day = int(found["day"] or 1)
        return f"FREQ=YEARLY;BYMONTH={months}" + (f";BYMONTHDAY={day}" if 1 <= day <= 31 else "")
    if _END.match(rest):
        return "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1"
    return "FREQ=MONTHLY;INTERVAL=3"
