"""错别字: a word that is none, one sound-alike or look-alike character away from an official one.

Three sources, from the surest: listed wrong spellings; fixed phrases with one character wrong; a combination of two
characters that no word or word boundary explains, and that one confusable character would turn into an everyday
word. A combination that the document itself uses again is taken for a name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import chain

from xiaoneng.programme.reading.findings import lexicon
from xiaoneng.programme.reading.findings.text import Whole, finding
from xiaoneng.programme.reading.plan import Finding

# Binary orders of magnitude: a boundary between two words rarer than this is taken for a slip,
# at once where the document uses the word meant, from the higher mark on where it does not.
_RARE = 20
_RARER = 22
# Pairs that official style itself writes both ways.
_EITHER = frozenset(
    map(
        frozenset,
        (
            *(
                "制订",
                "制治",
                "帐账",
                "份分",
                "像象",
                "须需",
                "与于",
                "实施",
                "唯惟",
                "及即",
                "至致",
                "察查",
                "一二",
            ),
            *(
                "末底",
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
                "他它",
            ),
            *("的地", "地得", "的得", "他她", "于予", "与予"),
        ),
    )
)
# As a second character these make a word of anything; as a first one, names of places.
_SUFFIX = frozenset(
    "化性率度员者级类型式界期区市县镇村乡州省人法费额量数力业户品物地权款金线点面站所室处科局办组队班会部厅院校路街"
    "河江湖山岛港湾桥坪屯寨庄家堂园里店铺厂矿"
)
_PLACE = frozenset("省市县区镇乡村州")
_COUPLET = re.compile(
    r"(?:半|[一两二三])?(?:年|季度?|月|周|旬|日)一(?P<done>[一-龥]{2})(?=[、，,；;。”\"）)机制]|$)", re.M
)
# What is done at intervals: 半月一督查.
_DONE = frozenset(
    {
        *(
            "督查",
            "督导",
            "督办",
            "通报",
            "调度",
            "点评",
            "观摩",
            "考核",
            "评估",
            "评议",
            "评比",
            "例会",
            "报告",
            "小结",
            "总结",
        ),
        *(
            "检查",
            "分析",
            "研判",
            "会商",
            "公示",
            "公布",
            "汇报",
            "讲评",
            "述职",
            "培训",
            "测评",
            "走访",
            "复盘",
            "推进",
            "汇总",
        ),
        *(
            "反馈",
            "巡查",
            "排名",
            "晾晒",
            "盘点",
            "清零",
            "更新",
            "交流",
            "会诊",
            "座谈",
            "学习",
            "主题",
            "活动",
            "课题",
            "计划",
        ),
        *("约谈", "调研", "督战"),
    }
)
_Place = tuple[int, int, str]


def confusions(whole: Whole) -> Iterator[Finding]:
    """错别字: at most one finding for each place; the excerpt is the wrong word, the suggestion the right one."""
    taken: set[int] = set()
    for start, end, right in chain(_in_list(whole), _in_couplets(whole), _in_phrases(whole), _in_words(whole)):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            wrong = whole.text[start:end]
            message = f"“{wrong}”疑为“{right}”之误。"
            yield finding("confusion", "warning", whole.line_at(start), wrong, message, right)


def _in_list(whole: Whole) -> Iterator[_Place]:
    slips, text = lexicon.slips(), whole.text
    heads: dict[str, list[str]] = {}
    for wrong in slips:
        heads.setdefault(wrong[:2], []).append(wrong)
    for i in [i for i, pair in enumerate(whole.pairs) if pair in heads]:
        for wrong in heads[whole.pairs[i]]:
            if text.startswith(wrong, i) and (len(wrong) > 2 or not _bounded(whole, i)):
                yield i, i + len(wrong), slips[wrong]


def _bounded(whole: Whole, at: int) -> bool:
    """Whether the two characters at `at` belong to different words, as far as words are known."""
    known = lexicon.known()
    return (at > 0 and whole.pairs[at - 1] in known) or (at + 1 < len(whole.pairs) and whole.pairs[at + 1] in known)


def _in_couplets(whole: Whole) -> Iterator[_Place]:
    """两月一高度: what is done at intervals is one of a few things; here any other character counts as a slip."""
    for match in _COUPLET.finditer(whole.text):
        done = match["done"]
        if done not in _DONE:
            near = [d for d in _DONE if (d[0] == done[0]) != (d[1] == done[1])]
            alike = [d for d in near if all(x == done[k] or lexicon.alike(x, done[k]) for k, x in enumerate(d))]
            if len(likely := alike or near) == 1:
                yield match.start("done"), match.end("done"), likely[0]


# --- fixed phrases ------------------------------------------------------------------------------


@cache
def _windows() -> tuple[str, frozenset[str], tuple[frozenset[str], ...]]:
    """All phrases as one text, its pairs of characters, and its windows of four with each of the four left out."""
    text = "\n".join(sorted(p for p in lexicon.phrases() if len(p) > 3))
    pairs = frozenset(map(str.__add__, text, text[1:]))
    windows = [w for w in {text[i : i + 4] for i in range(len(text) - 3)} if "\n" not in w]
    return text, pairs, tuple(frozenset(w[:k] + w[k + 1 :] for w in windows) for k in range(4))


def _in_phrases(whole: Whole) -> Iterator[_Place]:
    """Four characters of which three stand so in a phrase, where the rest of the phrase is there too."""
    phrases, held, masks = _windows()
    text, pairs = whole.text, whole.pairs
    stands = [pair in held for pair in pairs]
    found: list[tuple[int, int, str]] = []
    # The pairs without the wrong character are held by phrases, one of those with it is not.
    for i, (one, two, three) in enumerate(zip(stands, stands[1:], stands[2:], strict=False)):
        if one and not (two and three) and (rest := pairs[i] + text[i + 3]) in masks[2]:
            found.append((i, 2, rest))
        if three and not (one and two) and (rest := text[i] + pairs[i + 2]) in masks[1]:
            found.append((i, 1, rest))
        if two and one != three:
            wrong, rest = (3, pairs[i] + text[i + 2]) if one else (0, text[i + 1] + pairs[i + 2])
            if rest in masks[wrong]:
                found.append((i, wrong, rest))
    for i, wrong, rest in found:
        places = (_one_off(text, i + wrong, phrases, at) for at in _gaps(phrases, rest, wrong))
        if place := next(filter(None, places), None):
            yield place


def _gaps(phrases: str, three: str, wrong: int) -> Iterator[int]:
    """Where the phrases hold these three characters with one more at index `wrong`: the places of that one."""
    solid = three[wrong:] if wrong < 2 else three[:wrong]
    at = phrases.find(solid)
    while at >= 0:
        begin = at - wrong - 1 if wrong < 2 else at
        four = phrases[begin : begin + 4] if begin >= 0 else ""
        if four[:wrong] + four[wrong + 1 :] == three:
            yield begin + wrong
        at = phrases.find(solid, at + 1)


def _one_off(text: str, place: int, phrases: str, at: int) -> _Place | None:
    """The slip at text[place], where phrases[at] should stand; None unless all else of that phrase is there."""
    a, b = text[place], phrases[at]
    if not "一" <= a <= "龥" or frozenset((a, b)) in _EITHER or not lexicon.alike(a, b):
        return None
    begin, end = phrases.rfind("\n", 0, at) + 1, phrases.find("\n", at)
    phrase = phrases[begin : end if end > 0 else None]
    index, start = at - begin, place - (at - begin)
    if start < 0 or text[start:place] != phrase[:index] or text[place + 1 : start + len(phrase)] != phrase[index + 1 :]:
        return None
    if text[start : start + len(phrase)] in lexicon.phrases():
        return None
    known = lexicon.known()
    before, after = text[place - 1 : place + 1], text[place : place + 2]
    # At either end of the phrase the odd character may belong to the neighbouring word: 落实|行政 is no 落实执行.
    if (index == len(phrase) - 1 and after in known) or (index == 0 and place and before in known):
        return None
    if not lexicon.sound_alike(a, b) and (before in known or after in known):
        return None
    if index and (phrase[index - 1 : index + 1] in known or index == len(phrase) - 1):
        return place - 1, place + 1, phrase[index - 1 : index + 1]
    return place, place + 2, phrase[index : index + 2]


# --- words of two characters --------------------------------------------------------------------


def _in_words(whole: Whole) -> Iterator[_Place]:
    known, real, pairs = lexicon.known(), lexicon.real(), whole.pairs
    stands = [True, *(pair in known for pair in pairs), True]
    for i, (left, here, right) in enumerate(zip(stands, stands[1:], stands[2:], strict=False)):
        if here or (left and i) or (right and i + 1 < len(pairs)) or whole.tally[pairs[i]] > 1:
            continue
        a, b = pairs[i][0], pairs[i][1]
        if not ("一" <= a <= "龥" and "一" <= b <= "龥") or a in _PLACE or b in _SUFFIX or b in real.get(a, ""):
            continue
        # 即征即退, 逐条逐项: a pattern, no slip.
        if (i + 2 < len(whole.text) and whole.text[i + 2] == a) or (i and whole.text[i - 1] in (a, b)):
            continue
        rarity = lexicon.rarity(a, b)
        if rarity >= _RARE and (meant := _meant(a, b, whole.tally, rarity)):
            yield i, i + 2, meant


@cache
def _by_end() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    firsts: dict[str, list[str]] = {}
    seconds: dict[str, list[str]] = {}
    for word in lexicon.words():
        firsts.setdefault(word[0], []).append(word)
        seconds.setdefault(word[1], []).append(word)
    return firsts, seconds


def _meant(a: str, b: str, tally: Counter[str], rarity: int) -> str:
    """The one word that `ab` is a slip of; "" for none or several. A word that the document uses is likelier."""
    firsts, seconds = _by_end()
    meant = [w for w in firsts.get(a, ()) if lexicon.alike(w[1], b)]
    meant += [w for w in seconds.get(b, ()) if lexicon.alike(w[0], a)]
    used = [w for w in meant if w in tally]
    if used:
        return used[0] if len(used) == 1 else ""
    sure = [w for w in meant if w in lexicon.official()]
    return sure[0] if len(sure) == 1 and rarity >= _RARER else ""
