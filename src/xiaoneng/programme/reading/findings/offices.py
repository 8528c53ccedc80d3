"""责任单位: offices that differ between a body item and its row, and names that are one office under two spellings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from xiaoneng.programme.reading.findings import lexicon
from xiaoneng.programme.reading.findings.matching import Matched
from xiaoneng.programme.reading.findings.text import Line, find_line, finding
from xiaoneng.programme.reading.plan import Finding, Plan, Severity

_GROUP = re.compile(r"^(?:各|全体|有关|相关|其他|所有)")
_KIND = re.compile(r"(?:处室|科室|处|科|室)$")
_NUMERALS = frozenset("一二三四五六七八九十〇0123456789省市县区乡镇国中东西南北上下老新")
_MOST = 600


def offices(lines: tuple[Line, ...], plan: Plan, matched: Matched | None) -> Iterator[Finding]:
    if matched is not None:
        yield from _mismatches(lines, matched)
    yield from _variants(lines, plan)


def _stem(unit: str) -> str:
    return _KIND.sub("", unit)


def _plain(unit: str) -> str:
    """各综合处 and 各综合处室 are told as one office in two spellings, not as two."""
    return _stem(unit) if _GROUP.match(unit) else unit


def _mismatches(lines: tuple[Line, ...], matched: Matched) -> Iterator[Finding]:
    for _, item, task in matched.pairs:
        if not item.units or not task.units:
            continue
        body, row = {_plain(u) for u in item.units}, {_plain(u) for u in task.units}
        if body == row:
            continue
        apart = body.isdisjoint(row)
        covered = any(_GROUP.match(u) for u in (*item.units, *task.units))
        excerpt = next((u for u in task.units if _plain(u) not in body), task.units[0])
        number = _after(lines, excerpt, task.line)
        said, told = "、".join(task.units), "、".join(item.units)
        message = f"任务“{task.task[:20]}”表中由{said}负责，正文第{item.line}行写的是{told}。"
        severity: Severity = "warning" if apart and not covered else "notice"
        others = [u for u in item.units if _plain(u) not in row]
        suggestion = others[0] if len(others) == len(row - body) == 1 else ""
        yield finding("office-mismatch", severity, number, excerpt, message, suggestion)


def _after(lines: tuple[Line, ...], excerpt: str, start: int) -> int:
    return find_line(lines, excerpt, start)


def _variants(lines: tuple[Line, ...], plan: Plan) -> Iterator[Finding]:
    """各综合处 beside 各综合处室; 联系处 named once beside 联络处 named often."""
    tally: Counter[str] = Counter()
    first: dict[str, int] = {}
    named = [(u, i.line) for m in plan.measures for i in m.items for u in i.units]
    named += [(u, t.line) for t in plan.tasks for u in t.units]
    for unit, line in sorted(set(named), key=lambda n: n[1]):
        tally[unit] += 1
        first.setdefault(unit, line)
    units = list(tally)[:_MOST]
    told: set[str] = set()
    for one, two in _resembling(units):
        odd, usual = sorted((one, two), key=lambda u: (tally[u], -first[u]))
        if odd in told or (tally[odd] > 1 and not _GROUP.match(odd)):
            continue
        told.add(odd)
        number = (
            find_line(lines, odd, first[odd]) if odd not in usual else _standing_alone(lines, odd, usual, first[odd])
        )
        origin = find_line(lines, usual, first[usual])
        message = f"“{odd}”与第{origin}行的“{usual}”疑为同一单位的两种写法。"
        yield finding("unit-variant", "warning", number, odd, message, usual)


def _standing_alone(lines: tuple[Line, ...], short: str, long: str, start: int) -> int:
    for line in lines:
        if line.number >= start and short in line.text.replace(long, ""):
            return line.number
    return start


def _resembling(units: list[str]) -> Iterator[tuple[str, str]]:
    keys: dict[str, list[str]] = {}
    for unit in units:
        own = {unit[:i] + unit[i + 1 :] for i in range(len(unit))} | {unit}
        if _GROUP.match(unit):
            own.add("@" + _stem(unit))
        others = dict.fromkeys(o for key in own for o in keys.get(key, ())[:8])
        yield from ((other, unit) for other in others if _same_office(other, unit))
        for key in own:
            keys.setdefault(key, []).append(unit)


def _same_office(one: str, two: str) -> bool:
    if _GROUP.match(one) and _GROUP.match(two):
        return _stem(one) == _stem(two) and len(_stem(one)) > 2 and _stem(one) not in (one, two)
    if len(one) == len(two):
        apart = [(a, b) for a, b in zip(one, two, strict=True) if a != b]
        if len(apart) != 1 or not _NUMERALS.isdisjoint(apart[0]):
            return False
        changed_kind = one[-1] != two[-1]
        return not changed_kind and (lexicon.alike(*apart[0]) or len(one) >= 6)
    short, long = sorted((one, two), key=len)
    # A dropped character inside a long name; what is dropped at either end is usually a level or an abbreviation.
    return len(long) >= 7 and len(long) - len(short) == 1 and not long.startswith(short) and not long.endswith(short)
