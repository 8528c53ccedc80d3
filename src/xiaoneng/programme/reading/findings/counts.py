"""数目: a number that disagrees with what it counts ("五种情形" with four of them), or with itself elsewhere."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice

from xiaoneng.programme.reading.findings.text import Line, finding
from xiaoneng.programme.reading.numbering import han_number, mark_at, to_han
from xiaoneng.programme.reading.plan import Finding, Plan

_MOST, _REACH = 40, 3_000
_N = "一二两三四五六七八九十"
_CLASS = "个|项|种|条|类|点|方面|大|张|件|步|次|批|级|位|名|支|本|道|套|座|所|家|户|轮"
_NUMBER = rf"(?P<n>[{_N}]{{1,3}}|\d{{1,2}})"
_ANNOUNCED = re.compile(
    rf"(?<![第\d{_N}每前后上下其同另近有至到—–-])(?:以下|下列|如下|这|做到|坚持|实现|为|有|具有|存在|包括|分为|具备|明确|抓好|突出|落实)?{_NUMBER}(?P<class>个方面|方面|个|项|种|条|类|点|步|大)"
    rf"(?P<noun>[一-龥]{{0,6}}?)(?:如下|包括|分别是|分别为|即)?\s*[:：]"
)
_ORDINALS = re.compile(
    rf"(?:^|(?<=[。；：，、;:,]))([一二三四五六七八九十])(?:是|要(?!素|点|求|闻)|、)|(?:^|(?<=[。；：，;:,]))[（(](\d{{1,2}}|[{_N}])[）)]|([①②③④⑤⑥⑦⑧⑨⑩])"
)
_QUOTED = re.compile(rf"[“\"「]{_NUMBER}(?P<class>{_CLASS})?(?P<noun>[一-龥]{{2,4}})[”\"」]")
_QUOTES = frozenset('“"「')
_CLAUSES = re.compile(r"[，。；：、,;:！!？?]")
_IDIOM = frozenset(
    ("一票否决", "一事一议", "一岗双责", "一网通办", "一窗受理", "一站式", "一把手", "一盘棋", "一线", "一律")
)
_COUNTED = re.compile(r"[大个项条][一-龥]{0,2}(?:任务|举措|措施|行动)")
_TOTAL = re.compile(
    rf"(?<![第\d{_N}])(?:共|共计|合计|明确(?:了)?|提出(?:了)?|分解为|细化为|确定(?:了)?|部署(?:了)?){_NUMBER}(?:大|个|项|条)"
    r"(?:重点|具体|主要|工作|改革|专项)?(?P<noun>任务|举措|措施|行动)(?![一-龥]{0,2}[和与及])"
)


def count_mismatches(lines: tuple[Line, ...], plan: Plan) -> Iterator[Finding]:
    """数目不符: the excerpt is the number with its noun; the suggestion holds the number counted."""
    for index, line in enumerate(lines):
        if "：" in line.text or ":" in line.text:
            yield from _announced(lines, index)
        if _COUNTED.search(line.text):
            yield from _totals(line, plan)
    yield from _quoted(lines)


def _value(text: str) -> int:
    return int(text) if text.isdigit() else han_number(text.replace("两", "二"))


def _written(value: int, like: str) -> str:
    return str(value) if like.isdigit() else to_han(value)


def _announced(lines: tuple[Line, ...], index: int) -> Iterator[Finding]:
    """五种情形：一是…五是… in one paragraph, or the numbered paragraphs that follow."""
    line = lines[index]
    for match in islice(_ANNOUNCED.finditer(line.text), _MOST):
        said = _value(match["n"])
        rest = line.text[match.end() : match.end() + _REACH]
        counted = _listed(rest) if rest.strip() else _following(lines, index)
        if counted >= 2 and counted != said and said > 1:
            noun = match["noun"] if len(match["noun"]) < 5 else match["noun"][:2]
            excerpt = line.text[match.start("n") : match.start("noun")] + noun
            right = _written(counted, match["n"]) + excerpt[len(match["n"]) :]
            yield finding("count-mismatch", "warning", line, excerpt, f"写明“{excerpt}”，实际列出{counted}项。", right)


def _listed(text: str) -> int:
    """How many items an enumeration right after the colon holds; 0 where it is none."""
    count = 0
    style = None
    for match in _ORDINALS.finditer(text):
        kind = match.lastindex
        if style is None:
            if match.start() > 2:
                return _repeated_head(text)
            style = kind
        if kind != style:
            continue
        written = match[1] or match[2] or match[3]
        value = "①②③④⑤⑥⑦⑧⑨⑩".find(written) + 1 or _value(written)
        if value == 1 and count:
            break
        count += 1
    return count if count else _repeated_head(text)


def _repeated_head(text: str) -> int:
    """一律…，一律…，一律…。: clauses of one sentence that all begin alike."""
    clauses = [c.strip() for c in re.split(r"[，；,;]", text.split("。")[0])]
    head = clauses[0][:2]
    return len(clauses) if len(clauses) > 1 and len(head) == 2 and all(c.startswith(head) for c in clauses) else 0


def _following(lines: tuple[Line, ...], index: int) -> int:
    """The run of numbered paragraphs after a paragraph that ends with the colon."""
    count, style = 0, None
    for line in lines[index + 1 : index + 200]:
        mark = mark_at(line.text)
        if mark is None or line.cell:
            if count == 0:
                return 0
            continue
        if style is None:
            if mark.value != 1:
                return 0
            style = mark
        if mark.rank < style.rank or (mark.style == style.style and mark.value <= count):
            break
        if mark.style == style.style:
            if mark.value != count + 1:
                return 0
            count += 1
    return count


def _quoted(lines: tuple[Line, ...]) -> Iterator[Finding]:
    """“四个挂钩”, “四区分”: against parallel clauses that end or begin with the noun, and against each other."""
    named: dict[str, list[tuple[int, str, Line]]] = defaultdict(list)
    for line in lines:
        if _QUOTES.isdisjoint(line.text):
            continue
        for match in _QUOTED.finditer(line.text):
            phrase = match.group()[1:-1]
            if not any(phrase.startswith(i) for i in _IDIOM) and _value(match["n"]) > 1:
                named[match["noun"]].append((_value(match["n"]), phrase, line))
    if not named:
        return
    parallel = _parallel(lines, set(named))
    for noun, uses in named.items():
        values = {value for value, _, _ in uses}
        if noun in parallel:
            counted, where = parallel[noun]
            for value, phrase, line in uses:
                if value != counted and counted not in values:
                    right = re.sub(rf"^([{_N}]{{1,3}}|\d{{1,2}})", lambda m: _written(counted, m[0]), phrase)  # noqa: B023
                    message = f"“{phrase}”与第{where.number}行列出的{counted}处“{noun}”不符。"
                    yield finding("count-mismatch", "warning", line, phrase, message, right)
        elif len(values) > 1:
            yield from _disagreeing(uses)


def _disagreeing(uses: list[tuple[int, str, Line]]) -> Iterator[Finding]:
    """The same quoted noun with two numbers, where one is said once and the other more often or earlier."""
    tally: dict[int, int] = defaultdict(int)
    for value, _, _ in uses:
        tally[value] += 1
    if len(tally) != 2:
        return
    usual = max(tally, key=lambda v: (tally[v], v == uses[0][0]))
    original = next((phrase, line) for value, phrase, line in uses if value == usual)
    for value, phrase, line in uses:
        if value != usual and tally[value] == 1 and len(phrase) > 3:
            message = f"“{phrase}”与第{original[1].number}行的“{original[0]}”数目不一致。"
            yield finding("count-mismatch", "warning", line, phrase, message, original[0])


def _parallel(lines: tuple[Line, ...], nouns: set[str]) -> dict[str, tuple[int, Line]]:
    """For each noun the number of parallel clauses of one paragraph, or of consecutive items, that carry it."""
    found: dict[str, tuple[int, Line]] = {}
    for line in lines:
        present = [noun for noun in nouns if line.text.count(noun) > 2]
        if not present:
            continue
        clauses = [c.strip() for c in _CLAUSES.split(line.text)]
        for noun in present:
            ends = sum(c.endswith((noun, noun + "开来")) for c in clauses)
            begins = sum(c.startswith(noun) for c in clauses)
            count = max(ends, begins)
            if count > 2 and noun not in found:
                found[noun] = (count, line)
    for noun in nouns - found.keys():
        run = 0
        for line in lines:
            mark = mark_at(line.text)
            carries = mark is not None and mark.style == "ordinal" and noun in line.text[:24]
            if carries and mark is not None and mark.value == run + 1:
                run += 1
                if run > 1:
                    found[noun] = (run, line)
            elif mark is not None and mark.style == "ordinal" and mark.value == 1:
                run = 0
    return found


def _totals(line: Line, plan: Plan) -> Iterator[Finding]:
    """共25项任务 against the rows, 十二项举措 against the measures, 四大行动 against the actions."""
    for match in _TOTAL.finditer(line.text):
        actual = {
            "任务": len(plan.tasks),
            "举措": len(plan.measures),
            "措施": len(plan.measures),
            "行动": len({m.action for m in plan.measures if m.action}),
        }[match["noun"]]
        said = _value(match["n"])
        if actual > 2 and said > 2 and actual != said:
            excerpt = match.group()
            right = excerpt.replace(match["n"], _written(actual, match["n"]), 1)
            yield finding("count-mismatch", "notice", line, excerpt, f"写明“{excerpt}”，实际读出{actual}项。", right)
