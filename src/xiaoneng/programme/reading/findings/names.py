"""名称: actions, measures, titles and quoted names that the body and the annex, or two places, write differently."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher

from xiaoneng.programme.reading.findings import lexicon
from xiaoneng.programme.reading.findings.matching import Matched, similarity, table_tasks
from xiaoneng.programme.reading.findings.text import Line, Whole, find_line, finding
from xiaoneng.programme.reading.plan import Finding, Plan

_CLASSIFIED = re.compile(
    r"[“\"「]([一二两三四五六七八九十]{1,3}|\d{1,2})(个|项|种|条|类|张|大|份|本|套|件)([一-龥]{2,4})[”\"」]"
)
_BOOK = re.compile(r"《([^《》\n]{4,60})》")
_QUOTED = re.compile(r"“([^“”\n，。；]{6,24})”")
_ATTACHED = re.compile(r"(?:现将|将)?《([^《》]{6,60})》[^。]{0,30}(?:印发|下发|发给|转发)")
_KIND = re.compile(r"(?:方案|意见|办法|细则|规定|措施|计划|要点|规则|制度|清单|规划|纲要)$")
_MOST = 400


def name_mismatches(whole: Whole, plan: Plan, matched: Matched | None) -> Iterator[Finding]:
    """名称不一致: the excerpt is the name that stands against the others, the suggestion the other one."""
    lines = whole.lines
    yield from _headings(whole, plan)
    yield from _title(lines)
    yield from _classifiers(lines)
    yield from _one_apart(lines, _BOOK, 8)
    quoted = tuple(_quoted(lines))
    odd = {f.excerpt for f in quoted}
    yield from quoted
    if matched is not None:
        yield from _tasks(whole, matched, odd)


def _headings(whole: Whole, plan: Plan) -> Iterator[Finding]:
    """Actions and measures of the table against those of the body."""
    lines = whole.lines
    rows = table_tasks(lines, plan)
    if not rows:
        return
    first = min(t.line for t in rows)
    actions = dict.fromkeys(m.action for m in plan.measures if m.action)
    measures = dict.fromkeys(m.title for m in plan.measures)
    for own, body in (
        (dict.fromkeys(t.action for t in rows), actions),
        (dict.fromkeys(t.measure for t in rows), measures),
    ):
        for name in own:
            if not name or name in body or not body or len(own) * len(body) > _MOST * _MOST // 4:
                continue
            score, right = max((similarity(name, b), b) for b in body)
            if score < (0.8 if right in own else 0.6):
                continue
            origin = find_line(lines, right)
            if _odder(whole, right, name):
                message = f"正文中的“{right}”与附件第{find_line(lines, name, first)}行的“{name}”不一致。"
                yield finding("name-mismatch", "error", origin, right, message, name)
                continue
            for line in lines:
                if name in line.text and line.number >= first - 3:
                    message = f"附件中的“{name}”与正文第{origin}行的“{right}”不一致。"
                    yield finding("name-mismatch", "error", line, name, message, right)


def _odder(whole: Whole, one: str, two: str) -> bool:
    """Whether the first of two names is the slip: what is its own in it is met less, or holds fewer known words."""
    pairs = [{n[i : i + 2] for i in range(len(n) - 1)} for n in (one, two)]
    known = lexicon.known()
    own = [pairs[0] - pairs[1], pairs[1] - pairs[0]]
    words = [sum(pair in known for pair in side) for side in own]
    met = [max((whole.tally[pair] for pair in side), default=0) for side in own]
    return words[0] == 0 and (words[0], met[0]) < (words[1], met[1])


def _title(lines: tuple[Line, ...]) -> Iterator[Finding]:
    """The title under which the notice issues the plan, against the plan's own."""
    for index, line in enumerate(lines[:40]):
        for match in _ATTACHED.finditer(line.text):
            announced = match[1]
            for own in lines[index + 1 : index + 12]:
                text = own.text.strip()
                if text == announced or len(text) > 60 or not _KIND.search(announced):
                    continue
                if _KIND.search(text) and similarity(text, announced) >= 0.8 and not announced.endswith(text):
                    message = f"标题“{text}”与第{line.number}行印发的《{announced}》不一致。"
                    yield finding("name-mismatch", "warning", own, text, message, announced)
            return


def _classifiers(lines: tuple[Line, ...]) -> Iterator[Finding]:
    """“五张清单” here and “五项清单” there."""
    uses: dict[tuple[str, str], list[tuple[str, Line]]] = defaultdict(list)
    for line in lines:
        for match in _CLASSIFIED.finditer(line.text):
            uses[match[1], match[3]].append((match.group()[1:-1], line))
    for found in uses.values():
        yield from _against_usual(found, "name-mismatch")


def _against_usual(found: list[tuple[str, Line]], code: str) -> Iterator[Finding]:
    tally = Counter(phrase for phrase, _ in found)
    if len(tally) < 2:
        return
    usual = max(tally, key=lambda p: (tally[p], p == found[0][0]))
    origin = next(line for phrase, line in found if phrase == usual)
    for phrase, line in found:
        if phrase != usual:
            message = f"“{phrase}”与第{origin.number}行的“{usual}”不一致。"
            yield finding(code, "warning", line, phrase, message, usual)


def _one_apart(lines: tuple[Line, ...], pattern: re.Pattern[str], least: int) -> Iterator[Finding]:
    """Names of documents that differ by one character, where one is written once."""
    where: dict[str, Line] = {}
    tally: Counter[str] = Counter()
    for line in lines:
        for match in pattern.finditer(line.text):
            tally[match[1]] += 1
            where.setdefault(match[1], line)
    names = [n for n in tally if len(n) >= least][:_MOST]
    for name, other in _close_pairs(names):
        odd, usual = (name, other) if tally[name] < tally[other] else (other, name)
        if tally[odd] == 1:
            message = f"“{odd}”与第{where[usual].number}行的“{usual}”只差一字。"
            yield finding("name-mismatch", "warning", where[odd], odd, message, usual if tally[usual] > 1 else "")


def _close_pairs(names: list[str]) -> Iterator[tuple[str, str]]:
    """Pairs one character apart: names that agree once one character of each, or of the longer, is left out."""
    seen: dict[str, list[str]] = defaultdict(list)
    told: set[tuple[str, str]] = set()
    for name in names:
        keys = {name} | {name[:i] + name[i + 1 :] for i in range(len(name))}
        for key in keys:
            for other in seen[key][:4]:
                if other != name and (other, name) not in told and _really_one(other, name):
                    told.add((other, name))
                    yield other, name
            seen[key].append(name)


def _really_one(one: str, two: str) -> bool:
    if abs(len(one) - len(two)) > 1:
        return False
    edits = [e for e in SequenceMatcher(None, one, two, autojunk=False).get_opcodes() if e[0] != "equal"]
    if len(edits) != 1 or max(edits[0][2] - edits[0][1], edits[0][4] - edits[0][3]) != 1:
        return False
    changed = one[edits[0][1] : edits[0][2]] + two[edits[0][3] : edits[0][4]]
    return not re.search(r"[\d一二三四五六七八九十〇省市县区国上中下甲乙东西南北A-Za-z]", changed)


def _quoted(lines: tuple[Line, ...]) -> Iterator[Finding]:
    """Quoted names of which two characters in a row differ, one of them written once and the other again."""
    where: dict[str, Line] = {}
    tally: Counter[str] = Counter()
    for line in lines:
        for match in _QUOTED.finditer(line.text):
            tally[match[1]] += 1
            where.setdefault(match[1], line)
    names = [n for n in tally if len(n) >= 8][:_MOST]
    by_edge: dict[str, list[str]] = defaultdict(list)
    for name in names:
        by_edge[name[:4]].append(name)
        by_edge[name[-4:]].append(name)
    told: set[str] = set()
    for group in by_edge.values():
        for odd in group[:12]:
            for usual in group[:12]:
                if tally[odd] == 1 < tally[usual] and odd not in told and _one_word_apart(odd, usual):
                    told.add(odd)
                    message = f"“{odd}”与第{where[usual].number}行的“{usual}”不一致。"
                    yield finding("name-mismatch", "notice", where[odd], odd, message, usual)


def _one_word_apart(one: str, two: str) -> bool:
    if len(one) != len(two):
        return False
    apart = [i for i, (a, b) in enumerate(zip(one, two, strict=True)) if a != b]
    return 1 <= len(apart) <= 2 and apart[-1] - apart[0] <= 1


def _tasks(whole: Whole, matched: Matched, odd: set[str]) -> Iterator[Finding]:
    """The name of a task against the heading of the item that it takes up."""
    for _, item, task in matched.pairs:
        heading = item.heading.strip("。.:： ")
        if len(heading) < 6 or heading == task.task or heading in task.task or task.task in heading:
            continue
        if any(name in heading for name in odd):
            continue
        if similarity(heading, task.task) < 0.75 or len(task.task) > 40:
            continue
        number = find_line(whole.lines, task.task, task.line)
        if _odder(whole, heading, task.task):
            message = f"正文中的“{heading}”与表中第{number}行的任务“{task.task}”写法不一致。"
            yield finding("name-mismatch", "notice", item.line, heading, message, task.task)
        else:
            message = f"表中任务“{task.task}”与正文第{item.line}行的“{heading}”写法不一致。"
            yield finding("name-mismatch", "notice", number, task.task, message, heading)
