"""错别字: a word that is none, one sound-alike or look-alike character away from an official one.

Three sources, from the surest: listed wrong spellings; fixed phrases with one character wrong; a combination of two
characters that no word or word boundary explains, and that one confusable character would turn into an everyday
official word. A combination that the document itself uses again is taken for a name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from xiaoneng.programme.reading.findings import lexicon
from xiaoneng.programme.reading.findings.text import Line, finding
from xiaoneng.programme.reading.plan import Finding

_HAN = re.compile(r"[一-龥]{2,}")
# Binary orders of magnitude: a boundary rarer than one in 2^23 pairs is taken for a slip.
_RARE = 20
_RARER = 22
# Pairs that official style itself writes both ways.
_EITHER = frozenset(
    map(
        frozenset,
        (
            "作做",
            "制订",
            "制治",
            "帐账",
            "份分",
            "像象",
            "他它她",
            "须需",
            "的地得",
            "与于予",
            "实施",
            "唯惟",
            "及即",
            "至致",
            "察查",
            "一二",
            "末底",
            "做坐",
            "象向",
            "只支",
            "交缴",
            "建健",
            "记纪",
            "型形",
            "像相",
            "场厂",
            "化划",
            "会汇",
            "定订",
        ),
    )
)
_SUFFIX = frozenset(
    "化性率度员者级类型式界期区市县镇村乡州省人法费额量数力业户品物地权款金线点面站所室处科局办组队班会部厅院校路街河江湖山岛港湾桥坪屯寨庄家堂园里店铺厂矿"
)
_COUPLET = re.compile(r"(?:半|[一两二三])?(?:年|季度?|月|周|旬|日)一(?P<done>[一-龥]{2})(?=[、，,；;。”\"）)机制]|$)")
# What is done at intervals: 半月一督查.
_DONE = (
    "督查", "督导", "督办", "通报", "调度", "点评", "观摩", "考核", "评估", "评议", "评比", "例会", "报告", "小结", "总结", "检查",
    "分析", "研判", "会商", "公示", "公布", "汇报", "讲评", "述职", "培训", "测评", "走访", "复盘", "推进", "汇总", "反馈", "巡查",
    "排名", "晾晒", "盘点", "清零", "更新", "交流", "会诊", "座谈", "学习", "主题", "活动", "课题", "计划", "约谈", "调研", "督战",
)  # fmt: skip
_PLACE = frozenset("省市县区镇乡村州")


def confusions(lines: tuple[Line, ...]) -> Iterator[Finding]:
    """错别字: at most one finding for each place; the excerpt is the wrong word, the suggestion the right one."""
    pairs: Counter[str] = Counter()
    for line in lines:
        text = line.text
        pairs.update(map(str.__add__, text, text[1:]))
    for line in lines:
        taken: list[tuple[int, int]] = []
        for start, end, right in (*_listed(line.text), *_couplets(line.text), *_in_phrases(line.text)):
            if all(end <= a or b <= start for a, b in taken):
                taken.append((start, end))
                yield _report(line, start, end, right)
        for start, end, right in _in_words(line.text, pairs):
            if all(end <= a or b <= start for a, b in taken):
                taken.append((start, end))
                yield _report(line, start, end, right)


def _report(line: Line, start: int, end: int, right: str) -> Finding:
    wrong = line.text[start:end]
    return finding("confusion", "warning", line, wrong, f"“{wrong}”疑为“{right}”之误。", right)


@cache
def _slips() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, lexicon.slips()), key=len, reverse=True)))


def _listed(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _slips().finditer(text):
        wrong = match.group()
        if len(wrong) > 2 or not _bounded(text, match.start()):
            yield match.start(), match.end(), lexicon.slips()[wrong]


def _couplets(text: str) -> Iterator[tuple[int, int, str]]:
    """两月一高度: what is done at intervals is one of a few things; here any other character counts as a slip."""
    if "一" not in text:
        return
    for match in _COUPLET.finditer(text):
        done = match["done"]
        if done not in _DONE:
            near = [d for d in _DONE if (d[0] == done[0]) != (d[1] == done[1])]
            alike = [d for d in near if all(a == b or lexicon.alike(a, b) for a, b in zip(d, done, strict=True))]
            if len(likely := alike or near) == 1:
                yield match.start("done"), match.end("done"), likely[0]


def _bounded(text: str, at: int) -> bool:
    """Whether the two characters at `at` belong to different words, as far as words are known."""
    return text[at - 1 : at + 1] in lexicon.known() if at else False or text[at + 1 : at + 3] in lexicon.known()


@cache
def _ends() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    heads: dict[str, list[str]] = {}
    tails: dict[str, list[str]] = {}
    for phrase in sorted(lexicon.phrases()):
        if len(phrase) > 3:
            heads.setdefault(phrase[:2], []).append(phrase)
            tails.setdefault(phrase[-2:], []).append(phrase)
    return heads, tails


def _in_phrases(text: str) -> Iterator[tuple[int, int, str]]:
    """A phrase with one wrong character keeps its first two or its last two."""
    heads, tails = _ends()
    phrases = lexicon.phrases()
    for run in _HAN.finditer(text):
        words, offset = run.group(), run.start()
        for i in range(len(words) - 1):
            pair = words[i : i + 2]
            for phrase in heads.get(pair, ()):
                if found := _one_off(words, i, phrase, phrases):
                    yield offset + found[0], offset + found[1], found[2]
            for phrase in tails.get(pair, ()):
                if found := _one_off(words, i + 2 - len(phrase), phrase, phrases):
                    yield offset + found[0], offset + found[1], found[2]


def _one_off(words: str, start: int, phrase: str, phrases: frozenset[str]) -> tuple[int, int, str] | None:
    written = words[start : start + len(phrase)] if start >= 0 else ""
    if len(written) != len(phrase) or written == phrase:
        return None
    wrong = [k for k, (a, b) in enumerate(zip(written, phrase, strict=True)) if a != b]
    if len(wrong) != 1 or written in phrases:
        return None
    at = wrong[0]
    a, b = written[at], phrase[at]
    if frozenset((a, b)) in _EITHER or not lexicon.alike(a, b):
        return None
    place = start + at
    if not lexicon.sound_alike(a, b) and {words[place - 1 : place + 1], words[place : place + 2]} & lexicon.known():
        return None
    # The odd character may belong to the neighbouring word: 落实|行政 … is no slip of 落实执行.
    if at == len(phrase) - 1 and words[place : place + 2] in lexicon.known():
        return None
    if at == 0 and words[place - 1 : place + 1] in lexicon.known() and place:
        return None
    before, after = max(start, place - 1), place + 2
    if at % 2 == 0:
        before, after = place, place + 2
    if len(phrase) % 2 or after > start + len(phrase):
        before, after = max(start, place - 1), min(start + len(phrase), place + 2)
    elif at % 2:
        before, after = place - 1, place + 1
    return before, after, phrase[before - start : after - start]


def _in_words(text: str, pairs: Counter[str]) -> Iterator[tuple[int, int, str]]:
    known, real, freedom = lexicon.known(), lexicon.real(), lexicon.freedom()
    nothing = (25, 25)
    for run in _HAN.finditer(text):
        words, offset = run.group(), run.start()
        for i in range(len(words) - 1):
            pair = words[i : i + 2]
            if pair in known or words[i - 1 : i + 1] in known or words[i + 1 : i + 3] in known:
                continue
            a, b = pair
            if a in _PLACE or b in _SUFFIX or words[i + 2 : i + 3] == a or words[i - 1 : i] in (a, b):
                continue
            if b in real.get(a, "") or pairs[pair] > 1:
                continue
            rarity = freedom.get(a, nothing)[0] + freedom.get(b, nothing)[1]
            if rarity >= _RARE and (right := _meant(a, b, pairs, rarity)):
                yield offset + i, offset + i + 2, right


@cache
def _by_end() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    firsts: dict[str, list[str]] = {}
    seconds: dict[str, list[str]] = {}
    for word in sorted(lexicon.words()):
        firsts.setdefault(word[0], []).append(word)
        seconds.setdefault(word[1], []).append(word)
    return firsts, seconds


def _meant(a: str, b: str, pairs: Counter[str], rarity: int) -> str:
    """The one word that `ab` is a slip of; "" for none or several. A word that the document uses is likelier."""
    firsts, seconds = _by_end()
    meant = [w for w in firsts.get(a, ()) if lexicon.alike(w[1], b)]
    meant += [w for w in seconds.get(b, ()) if lexicon.alike(w[0], a)]
    used = [w for w in meant if pairs[w]]
    if used:
        return used[0] if len(used) == 1 else ""
    sure = [w for w in meant if w in lexicon.official()]
    return sure[0] if len(sure) == 1 and rarity >= _RARER else ""
