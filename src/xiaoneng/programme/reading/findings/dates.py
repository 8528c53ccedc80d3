"""日期: days that do not exist, wrong weekdays, periods that end before they begin, deadlines before the issue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from xiaoneng.programme.reading.findings.text import Line, find_line, finding
from xiaoneng.programme.reading.plan import Finding, Plan

_DAY = re.compile(
    r"(?<!\d)(?:(?P<y>(?:19|20)\d{2})\s*年\s*)?(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日"
    r"(?:\s*[（(]\s*(?:星期|周|礼拜)(?P<w>[一二三四五六日天])\s*[）)])?"
)
_UNTIL = re.compile(r"\s*起?\s*(?:[（(][^）)]{1,6}[）)])?\s*(?:至|到|—+|－|-|~|～)\s*")
_WEEK = "一二三四五六日"


def date_conflicts(lines: tuple[Line, ...], plan: Plan) -> Iterator[Finding]:
    """日期矛盾. A date without a year is measured against every year that the document may mean."""
    stated = {int(y) for y in re.findall(r"((?:19|20)\d{2})年", plan.title)}
    issued = int(plan.issued_on[:4]) if plan.issued_on else 0
    years = tuple(sorted(stated | ({issued, issued + 1} if issued else set())))
    for line in lines:
        if "月" in line.text:
            yield from _in_line(line, years)
    yield from _deadlines(lines, plan)


def _in_line(line: Line, years: tuple[int, ...]) -> Iterator[Finding]:
    year = 0
    before: tuple[re.Match[str], date] | None = None
    for match in _DAY.finditer(line.text):
        year = int(match["y"]) if match["y"] else year
        known = (year,) if year else years
        # 2016 stands in where no year is known: it is a leap year, so that 2月29日 may be right.
        days = [day for y in known or (2016,) if (day := _day(y, int(match["m"]), int(match["d"])))]
        if not days:
            yield finding("date-conflict", "error", line, match.group(), f"没有“{match.group()}”这一天。")
            before = None
            continue
        if match["w"] and known:
            yield from _weekday(line, match, days)
        if match["y"] and before is not None and before[0]["y"] and days[0] < before[1]:
            between = line.text[before[0].end() : match.start()]
            if _UNTIL.fullmatch(between):
                excerpt = line.text[before[0].start() : match.end()]
                yield finding("date-conflict", "error", line, excerpt, "期间的结束日期早于开始日期。")
        before = (match, days[0])


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _weekday(line: Line, match: re.Match[str], days: list[date]) -> Iterator[Finding]:
    said = _WEEK.index(match["w"].replace("天", "日"))
    if any(day.weekday() == said for day in days):
        return
    day, excerpt = days[0], match.group()
    at = match.start("w") - match.start()
    right = excerpt[:at] + _WEEK[day.weekday()] + excerpt[at + 1 :]
    message = f"{day.year}年{day.month}月{day.day}日是星期{_WEEK[day.weekday()]}。"
    yield finding("date-conflict", "warning", line, excerpt, message, right if len(days) == 1 else "")


def _deadlines(lines: tuple[Line, ...], plan: Plan) -> Iterator[Finding]:
    if not plan.issued_on:
        return
    for task in plan.tasks:
        if task.deadline and task.deadline < plan.issued_on and task.deadline_text:
            excerpt = re.split(r"[；;]", task.deadline_text)[-1]
            message = f"任务“{(task.task or task.text)[:20]}”的时限{task.deadline}早于印发日期{plan.issued_on}。"
            yield finding("date-conflict", "warning", find_line(lines, excerpt, task.line), excerpt, message)
