"""时限: completion dates in wording, made ISO where they are definite.

2019年3月底前 → 2019-03-31 · 到2025年 → 2025-12-31 · 6月底前 → with the year of the document ·
每年2月底前, 印发之日起30日内 → wording only.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

_DIGITS = str.maketrans("０１２３４５６７８９〇零一二三四五六七八九", "012345678900123456789")
_Y = r"(?:20|19|２０|二[〇零○])[\d０-９〇零○一二三四五六七八九]{2}"
_M = r"(?:1[0-2]|0?[1-9]|[一二三四五六七八九]|十[一二]?)"
_BEFORE = r"(?:之前|以前|前|止)"

# A time begins with one of these; the look-ahead keeps the long pattern away from all other text.
_BEGINS = "(?=[自从每到至截在于力争确务赶今本当明年上下第一二三四五六七八九十１-４\\d２])"
_MONTHLY = rf"(?:{_M}月(?:份)?)?(?:\d{{1,2}}日|上旬|中旬|下旬|[底末初])?"
_SINCE = rf"(?:自|从)?{_Y}年(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?(?:起|开始|以来)"
_YEARLY = rf"(?:{_Y}年起，?)?每(?:年|季度|月|半年|周|两年|学期)度?的?{_MONTHLY}(?:年[底末])?{_BEFORE}"
_TO = "到|至|截至|截止到?|截止|在|于|力争|争取|确保|力争到|务必|赶在"
_YEAR = rf"(?P<year>{_Y})年(?:度)?(?P<this_year_end>年?[底末])?|(?P<relyear>今年|本年度?|当年|明年|年内)|(?P<noyear>)"
_PART = r"的?(?:(?P<half>[上下])半年|第?(?P<quarter>[一二三四1-4])季度)(?P<part_end>[底末]|结束)?"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])[日号]|(?P<third>[上中下])旬|(?P<month_end>[底末初])"
_MONTH = rf"(?P<month>{_M})月(?:份)?(?:{_DAY})?"
_WHEN = re.compile(
    rf"{_BEGINS}(?:(?P<since>{_SINCE})|(?P<yearly>{_YEARLY})"
    rf"|(?P<prefix>{_TO})?(?:{_YEAR})(?:{_PART}|{_MONTH}|(?P<year_end>年?[底末]))?(?P<before>{_BEFORE})?)"
)
_RELATIVE = re.compile(
    r"之日起的?(?:\d{1,3}|[一二三四五六七八九十]{1,3})个?(?:工作日|自然日|日|天|月|年|小时)(?:之?内|前)"
)
_TRIGGER = re.compile(r"[年月季]")
_COMPLETE = re.compile(
    r"，?[^，。；]{0,12}?(?:，|建成|完成|实现|达到|达|建立|形成|印发|出台|启动|制定|办结|开工|投产|竣工|培育|超过"
    r"|提高到|控制在|覆盖|健全|推广|取得|突破|构建|基本)"
)
_PAST = re.compile(r"[\s，]?(?:已|以来|期间|实施的|印发的|发布的|出台的|制定的|度)")


@dataclass(frozen=True, slots=True)
class When:
    """时间: one wording of time and its ISO date, "" where it is not definite."""

    text: str
    iso: str
    start: int


def _number(text: str) -> int:
    if "十" in text:
        left, _, right = text.partition("十")
        return (int(left.translate(_DIGITS)) if left else 1) * 10 + (int(right.translate(_DIGITS)) if right else 0)
    return int(text.replace("○", "0").translate(_DIGITS))


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def parse_date(text: str) -> str:
    """日期: "2018年11月7日", "二〇一六年三月二十八日" or "2016-03-28" as ISO, "" when it is none."""
    found = _DATE.search(text)
    if found is None:
        return ""
    try:
        return date(_number(found[1]), _number(found[2]), _day(found[3])).isoformat()
    except ValueError:
        return ""


def _day(text: str) -> int:
    if text.startswith("二十") or text.startswith("三十"):
        return (20 if text[0] == "二" else 30) + (_number(text[2:]) if text[2:] else 0)
    return _number(text)


_HAN_YEAR = r"[一二][〇零○Ｏ０O\d一二三四五六七八九]{3}"
_DATE = re.compile(
    rf"((?:19|20)\d{{2}}|{_HAN_YEAR})\s*[年\-./]\s*({_M}|\d{{1,2}})\s*[月\-./]\s*([一二三]?十[一二三四五六七八九]?|[一二三四五六七八九]|\d{{1,2}})\s*日?"
)
DATE_LINE = re.compile(rf"^[\s　]*(?:{_DATE.pattern})[\s　]*$")


def find_when(text: str, issued_on: str = "", *, column: bool = False) -> list[When]:
    """时限 in a text, in order. `issued_on` (ISO) gives the year to 6月底前; `column` says that the whole
    text is a deadline cell, where 2023年6月 or 12月 without 前 is a deadline as well."""
    if not _TRIGGER.search(text) and "之日起" not in text:
        return []
    out = list(_relative(text))
    year_in_force = 0
    recurring = False
    sentence_end = 0
    for found in _WHEN.finditer(text):
        wording = found.group()
        if not wording:
            continue
        if any(c in "。；\n" for c in text[sentence_end : found.start()]):
            year_in_force, recurring = 0, False
        sentence_end = found.end()
        if found["since"]:
            continue
        if found["yearly"]:
            recurring = True
            out.append(When(wording, "", found.start()))
            continue
        if found["year"]:
            year_in_force = _number(found["year"])
        if not _is_deadline(found, text, column):
            continue
        iso = "" if recurring and not found["year"] else _resolve(found, year_in_force, issued_on)
        if not column and iso and (iso < issued_on or text.startswith("已", found.end())):
            continue  # history, no deadline
        wording = re.sub(r"^(?:在|于|赶在|务必|确保)", "", wording)
        if iso or found["before"]:
            out.append(When(wording, iso, found.start()))
    return sorted(out, key=lambda when: when.start)


def _relative(text: str) -> Iterator[When]:
    """自印发之日起30日内: so long from an event, with the words that name the event."""
    for found in _RELATIVE.finditer(text):
        start = found.start()
        while start and found.start() - start < 14 and text[start - 1] not in "，。；、 \n":
            start -= 1
        wording = text[start : found.end()].lstrip("在于")
        yield When(wording, "", found.end() - len(wording))


def _is_deadline(found: re.Match[str], text: str, column: bool) -> bool:
    """Whether a wording of time is a completion time, and not a date of a document or a start."""
    year, month, before = found["year"], found["month"], found["before"]
    tail = text[found.end() : found.end() + 24]
    anchored = any(found[k] for k in ("half", "quarter", "month", "this_year_end", "year_end")) or bool(
        found["relyear"]
    )
    end = any(found[k] for k in ("month_end", "this_year_end", "year_end", "part_end"))
    if not (year or found["relyear"] or month or found["half"] or found["quarter"] or found["year_end"]):
        return False
    if not year and not found["relyear"] and not month and not found["half"] and not found["quarter"]:
        # 年底前, 年末: the bare wordings; 底 or 末 alone mean nothing.
        if not wording_is_year_end(found):
            return False
        return bool(before) or column or tail.startswith(("完成", "，", "实现", "达到", "建成"))
    if column:
        return True
    if before:
        return bool(anchored or year)
    if tail[:1] in ("至", "到", "—", "-", "起") or tail.startswith(("开始", "以来", "印发", "以后", "之后", "后")):
        return False
    if found["relyear"] == "年内":
        return text[max(0, found.start() - 1) : found.start()] not in (
            "一",
            "两",
            "三",
            "五",
            "几",
            "当",
            "多",
            "全",
            "近",
            "个",
        ) and not (text[max(0, found.start() - 1) : found.start()].isdigit())
    if found["prefix"] in ("到", "至", "截至", "截止到", "截止", "力争到"):
        is_span = text[max(0, found.start() - 1) : found.start()] in ("月", "日", "年", "底")
        return bool(year or end) and not is_span and not (found["day"] and found["prefix"] == "至")
    if found["day"] or found["month_end"] == "初":
        return False
    if end or found["half"] or found["quarter"]:
        return (
            bool(year or found["relyear"] or end)
            and not _PAST.match(tail)
            and not tail.startswith(("至", "取得", "以来"))
        )
    if year and not month:
        opens = found.start() == 0 or text[found.start() - 1] in "。；，、 　\n："
        return opens and bool(_COMPLETE.match(tail)) and not _PAST.match(tail) and "年度" not in found.group()
    return False


def wording_is_year_end(found: re.Match[str]) -> bool:
    return bool(found["year_end"]) and found["year_end"].startswith("年")


def _resolve(found: re.Match[str], year_in_force: int, issued_on: str) -> str:
    issued = date.fromisoformat(issued_on) if issued_on else None
    year = _number(found["year"]) if found["year"] else year_in_force
    if not year:
        if issued is None:
            return ""
        year = issued.year + (found["relyear"] == "明年")
    try:
        if found["month"]:
            month = _number(found["month"])
            if found["day"]:
                end = date(year, month, int(found["day"]))
            elif found["third"]:
                end = (
                    date(year, month, 10 if found["third"] == "上" else 20)
                    if found["third"] != "下"
                    else _last_day(year, month)
                )
            elif found["month_end"] == "初":
                end = date(year, month, 10)
            else:
                end = _last_day(year, month)
        elif found["half"]:
            end = date(year, 6, 30) if found["half"] == "上" else date(year, 12, 31)
        elif found["quarter"]:
            quarter = _number(found["quarter"])
            end = _last_day(year, 3 * quarter)
        else:
            end = date(year, 12, 31)
    except ValueError:
        return ""
    if (
        issued is not None
        and not found["year"]
        and not year_in_force
        and not found["relyear"]
        and end < issued
        and found["month"]
    ):
        # 3月底前 in a document of December means the March that is still to come.
        end = date(end.year + 1, end.month, min(end.day, monthrange(end.year + 1, end.month)[1]))
    return end.isoformat()


def choose(times: Sequence[When]) -> tuple[str, str]:
    """取定: the last definite date, and every wording joined by ；."""
    definite = [w.iso for w in times if w.iso]
    return (definite[-1] if definite else ""), "；".join(dict.fromkeys(w.text for w in times))
