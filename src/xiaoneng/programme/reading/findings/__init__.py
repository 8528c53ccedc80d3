"""疑点: the reader proofreads a plan against itself. Every finding is a proposal; nothing is corrected.

| code | severity | what was found; the suggestion |
|---|---|---|
| name-mismatch | error … notice | 名称不一致: action, measure, title or name in two ways; the other name |
| near-miss | warning | 近似词组: the same wording elsewhere, one character apart; the other word |
| confusion | warning | 错别字: sound-alike or look-alike in an official word or phrase; the word meant |
| count-mismatch | warning, notice | 数目不符: a number against what it counts, or itself; the number counted |
| numbering-gap | warning | 序号断号、重号 of headings, items, table rows; the number expected |
| annex-missing | warning, notice | 附件缺失: announced and absent, or present and unannounced; none |
| annex-title-mismatch | warning | 附件标题不一致; the announced title |
| measure-without-task | warning, notice | 正文有附件无: a measure or item that no row takes up; none |
| task-without-measure | notice | 附件有正文无: a row that the body does not know; none |
| task-without-office | error, warning | 缺责任单位: a row, or an item among items that have one; none |
| target-not-measurable | notice | 目标无法衡量: a row whose target is a phrase or empty; none |
| office-mismatch | warning, notice | 责任单位不一致 between body item and row; the body's office |
| unit-variant | warning | 单位名称疑似两写; the usual name |
| date-conflict | error, warning | 日期矛盾: no such day, weekday, reversed period, deadline; the right day |
| unpaired-mark | warning | 标点不成对: brackets, quotation marks; none |
| repeated-text | warning, notice | 重复: words, marks, sentences, paragraphs, column headings; the single one |

`excerpt` is verbatim text of `line`; the suggestion replaces it as it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xiaoneng.foundation.blocks import Document
from xiaoneng.programme.reading.findings.annexes import annex_findings
from xiaoneng.programme.reading.findings.confusion import confusions
from xiaoneng.programme.reading.findings.counts import count_mismatches
from xiaoneng.programme.reading.findings.coverage import coverage
from xiaoneng.programme.reading.findings.dates import date_conflicts
from xiaoneng.programme.reading.findings.marks import unpaired_marks
from xiaoneng.programme.reading.findings.matching import match
from xiaoneng.programme.reading.findings.names import name_mismatches
from xiaoneng.programme.reading.findings.near import near_misses
from xiaoneng.programme.reading.findings.numbers import numbering_gaps
from xiaoneng.programme.reading.findings.offices import offices
from xiaoneng.programme.reading.findings.repeats import repeated_text
from xiaoneng.programme.reading.findings.text import Whole, lines_of
from xiaoneng.programme.reading.plan import Finding, Plan

__all__ = ["find_findings"]

# A file with more is not a plan with slips; the rest would only bury the first ones.
MOST = 500

_ABOUT_WORDS = frozenset(
    ("name-mismatch", "near-miss", "confusion", "count-mismatch", "unit-variant", "annex-title-mismatch")
)


def find_findings(document: Document, plan: Plan) -> tuple[Finding, ...]:
    """核对全文: findings in the order of the text, each place told once by the detector that knows most about it."""
    lines = lines_of(document)
    matched = match(lines, plan)
    whole = Whole(lines)
    found = _once(
        (
            *name_mismatches(whole, plan, matched),
            *offices(lines, plan, matched),
            *count_mismatches(lines, plan),
            *annex_findings(lines),
            *confusions(whole),
            *near_misses(whole),
            *numbering_gaps(document, lines),
            *date_conflicts(lines, plan),
            *unpaired_marks(lines),
            *repeated_text(document, lines),
            *coverage(lines, plan, matched),
        )
    )
    return tuple(sorted(found, key=lambda f: f.line))[:MOST]


def _once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """A place told by an earlier detector is not told again by a later one that speaks of wording too."""
    told: dict[int, list[str]] = {}
    for finding in findings:
        if finding.code not in _ABOUT_WORDS:
            yield finding
            continue
        before = told.setdefault(finding.line, [])
        if not any(finding.excerpt in t or t in finding.excerpt for t in before):
            before.append(finding.excerpt)
            yield finding


_ABOUT_WORDS = frozenset(
    ("name-mismatch", "near-miss", "confusion", "count-mismatch", "unit-variant", "annex-title-mismatch")
)
