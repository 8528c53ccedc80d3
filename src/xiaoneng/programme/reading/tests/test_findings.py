"""疑点 on real documents, on hostile ones, and on slips planted at random."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from xiaoneng.foundation.blocks import Document, Paragraph
from xiaoneng.kernel.documents.reading import read_file
from xiaoneng.programme.reading import read_plan
from xiaoneng.programme.reading.findings import find_findings, lexicon
from xiaoneng.programme.reading.findings.confusion import confusions
from xiaoneng.programme.reading.findings.text import LONGEST, Whole, lines_of
from xiaoneng.programme.reading.plan import Plan
from xiaoneng.programme.reading.tests.example import draft

SHARED = Path(__file__).parents[6] / "shared" / "data" / "plans"
needs_data = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is not at hand")
NOTHING = Plan("", "", "", "", (), (), (), (), ())


@needs_data
def test_the_plan_of_2016_and_its_own_slips() -> None:
    document = read_file(SHARED / "docs" / "xiaoneng-2016.txt")
    found = {(f.code, f.line, f.excerpt, f.suggestion) for f in read_plan(document).findings}
    assert {
        ("name-mismatch", 97, "五项清单", "五张清单"),
        ("confusion", 108, "锻练", "锻炼"),
        ("confusion", 115, "高度", "调度"),
        ("name-mismatch", 133, "实施提速增资行动", "实施提速增效行动"),
        ("name-mismatch", 161, "实施提速增资行动", "实施提速增效行动"),
        ("unit-variant", 165, "各综合处", "各综合处室"),
        ("confusion", 168, "挂购", "挂钩"),
        ("count-mismatch", 196, "四区分", "三区分"),
        ("name-mismatch", 219, "组密机关效能监督网", "织密机关效能监督网"),
        ("name-mismatch", 48, "绩效管理考核先进单位", "绩效管理考核十佳单位"),
        ("repeated-text", 91, "工作举措", ""),
    } <= found
    left_out = {line for code, line, _, _ in found if code in ("task-without-measure", "measure-without-task")}
    assert left_out == {44, 50, 149, 163, 167}


@needs_data
def test_every_excerpt_is_verbatim_at_its_line() -> None:
    document = read_file(SHARED / "docs" / "xiaoneng-2016.txt")
    texts = {line.number: line.text for line in lines_of(document)}
    for f in read_plan(document).findings:
        assert f.excerpt in texts[f.line], f


@needs_data
def test_published_documents_are_left_alone() -> None:
    characters = alarms = 0
    for path in sorted((SHARED / "gov_cn").glob("*.html")):
        document = read_file(path)
        characters += len(re.sub(r"\s", "", document.text))
        alarms += len(read_plan(document).findings)
    assert characters > 100_000
    assert alarms * 10_000 <= characters


def test_random_slips_in_official_words_are_mostly_found() -> None:
    """A sound-alike for one character of one listed word, in wording that has the word once more."""
    rng = random.Random(7)
    chars = sorted({c for word in lexicon.official() for c in word})
    found = tried = 0
    for line in (line for line in draft().lines if len(line) > 30):
        for match in re.finditer("(?=(" + "|".join(sorted(lexicon.official())) + "))", line):
            word, k = match[1], rng.randrange(2)
            alike = [c for c in chars if c != word[k] and lexicon.sound_alike(c, word[k])]
            alike = [
                c
                for c in alike
                if (slip := word[:k] + c + word[k + 1 :]) not in lexicon.known()
                and slip[1] not in lexicon.real().get(slip[0], "")
            ]
            if not alike:
                continue
            place = match.start() + k
            spoilt = line[:place] + rng.choice(alike) + line[place + 1 :]
            lines = lines_of(Document((Paragraph(line, 1), Paragraph(spoilt, 2)), "txt"))
            tried += 1
            found += any(
                f.line == 2 and spoilt[place] in f.excerpt
                for f in find_findings(Document(tuple(Paragraph(x.text, x.number) for x in lines), "txt"), NOTHING)
            )
    assert tried > 80
    assert found >= 0.8 * tried


@pytest.mark.parametrize(
    "text",
    [
        "“" * 60_000,
        "（）" * 30_000,
        "，" * 60_000,
        "四个情形：" * 12_000,
        "每月" * 30_000,
        "“三个挂钩”" * 10_000,
        "一" * 60_000,
        "工作措施" * 15_000,
    ],
    ids=["quotes", "brackets", "marks", "counts", "months", "quoted", "one", "words"],
)
def test_hostile_text_is_bounded(text: str) -> None:
    document = Document((Paragraph(text, 1),), "txt")
    assert len(find_findings(document, NOTHING)) <= 500


def test_only_so_much_is_read() -> None:
    lines = lines_of(Document((Paragraph("甲" * (LONGEST + 5), 1), Paragraph("乙", 2)), "txt"))
    assert [len(line.text) for line in lines] == [LONGEST]


def test_a_word_that_the_document_uses_again_is_a_name() -> None:
    once = lines_of(Document((Paragraph("要做好捡查。", 1),), "txt"))
    again = lines_of(Document((Paragraph("要做好捡查。", 1), Paragraph("关于捡查。", 2)), "txt"))
    assert [f.suggestion for f in confusions(Whole(once))] == ["检查"]
    assert not list(confusions(Whole(again)))


@pytest.mark.parametrize(
    ("one", "other"), [("练", "炼"), ("钩", "购"), ("织", "组"), ("署", "暑"), ("末", "未"), ("即", "既")]
)
def test_characters_that_are_taken_for_one_another(one: str, other: str) -> None:
    assert lexicon.alike(one, other)
    assert lexicon.alike(other, one)


@pytest.mark.parametrize(("one", "other"), [("政", "水"), ("办", "清"), ("一", "龙")])
def test_characters_that_are_not(one: str, other: str) -> None:
    assert not lexicon.alike(one, other)
