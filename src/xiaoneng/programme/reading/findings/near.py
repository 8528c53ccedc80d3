"""近似词组: the same wording twice in the document, one character apart.

The character that stands in the rarer wording, or in the later one, is the suspect. Numbers, levels, directions and
other characters that lists vary on purpose are left alone, and so is a variation between two real words unless the
wording around it is long or the two characters sound or look alike.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import accumulate

from xiaoneng.programme.reading.findings import lexicon
from xiaoneng.programme.reading.findings.text import Line, finding
from xiaoneng.programme.reading.plan import Finding

_VARIES = frozenset(
    "〇零一二两三四五六七八九十百千万亿甲乙丙丁戊东西南北中上下左右前后内外大小多少高低新旧老青年月日季周时国省市县区乡镇村街州"
    "男女正副主次总分首末初再又和与及或的地得等者人员处科室局办部厅委院所站中各本该其此这那不无未非有以为对向从在于至到被把将使"
)
_MOST = 12
_REACH = 12


def near_misses(lines: tuple[Line, ...]) -> Iterator[Finding]:
    """近似词组: one finding for each suspect place; the excerpt is the word around the suspect character."""
    text = "\n".join(line.text for line in lines)
    starts = list(accumulate((len(line.text) + 1 for line in lines), initial=0))
    pairs = Counter(map(str.__add__, text, text[1:]))
    told: set[int] = set()
    for first, second in _candidates(text):
        judged = _judge(text, pairs, first[0], second[0])
        if judged is None:
            continue
        odd, other = (first, second[0]) if judged[0] == first[0] else (second, first[0])
        for place in odd:
            if place not in told:
                told.add(place)
                yield _report(text, lines, starts, place, other)


def _report(text: str, lines: tuple[Line, ...], starts: list[int], odd: int, other: int) -> Finding:
    left, right = _word(text, odd, other)
    line, elsewhere = (lines[bisect_right(starts, place) - 1] for place in (odd, other))
    wrong, meant = text[odd - left : odd + right], text[other - left : other + right]
    message = f"“{wrong}”与第{elsewhere.number}行的“{meant}”只差一字，疑有误。"
    return finding("near-miss", "warning", line, wrong, message, meant)


def _candidates(text: str) -> Iterator[tuple[list[int], list[int]]]:
    """Two sets of places whose surroundings agree: four characters before, four after, or two on both sides."""
    before: dict[str, list[int]] = defaultdict(list)
    around: dict[str, list[int]] = defaultdict(list)
    for i in range(len(text) - 4):
        places = before[text[i : i + 4]]
        if len(places) < _MOST:
            places.append(i)
        places = around[text[i : i + 2] + text[i + 3 : i + 5]]
        if len(places) < _MOST:
            places.append(i + 2)
    for gram, places in before.items():
        if len(places) > 1 and "\n" not in gram:
            yield from _differing(text, [i + 4 for i in places])
            yield from _differing(text, [i - 1 for i in places if i])
    for gram, places in around.items():
        if len(places) > 1 and "\n" not in gram:
            yield from _differing(text, places)


def _differing(text: str, places: list[int]) -> Iterator[tuple[list[int], list[int]]]:
    by_char: dict[str, list[int]] = {}
    for place in places:
        if "一" <= (c := text[place : place + 1]) <= "龥" and c not in _VARIES:
            by_char.setdefault(c, []).append(place)
    if 2 <= len(by_char) <= 4:
        sets = list(by_char.values())
        yield from ((p, q) for k, p in enumerate(sets) for q in sets[k + 1 :])


def _judge(text: str, pairs: Counter[str], p: int, q: int) -> tuple[int, int] | None:
    """(suspect, other) or None where the two wordings may well both be meant."""
    left, right = _reach(text, p, q, -1), _reach(text, p, q, 1)
    standing = {p: _standing(text, p, left, right), q: _standing(text, q, left, right)}
    met = {place: max(pairs[s] for s in _sides(text, place)) for place in (p, q)}
    odd, other = (q, p) if (standing[q], met[q]) <= (standing[p], met[p]) else (p, q)
    unknown = standing[odd] == 0 and standing[other] > 0 and _standing(text, odd, 1, 1) == 0
    similar = lexicon.alike(text[p], text[q])
    both = left >= 2 and right >= 2
    if both and left + right >= 7 and (similar or unknown):
        return odd, other
    if left + right >= 4 and similar and unknown:
        return odd, other
    return (odd, other) if both and left + right >= 6 and unknown and met[odd] == 1 else None


def _reach(text: str, p: int, q: int, step: int) -> int:
    """How many Han characters agree, going from the two places in one direction."""
    count = 0
    for k in range(1, _REACH + 1):
        i, j = p + step * k, q + step * k
        if min(i, j) < 0 or max(i, j) >= len(text) or text[i] != text[j] or not "一" <= text[i] <= "龥":
            break
        count += 1
    return count


def _sides(text: str, place: int) -> tuple[str, str]:
    return text[place - 1 : place + 1], text[place : place + 2]


def _standing(text: str, place: int, left: int, right: int) -> int:
    """How many known words the character makes with the neighbours that both wordings share."""
    before, after = _sides(text, place)
    return (left > 0 and before in lexicon.known()) + (right > 0 and after in lexicon.known())


def _word(text: str, odd: int, other: int) -> tuple[int, int]:
    """How far the word reaches on both sides of the suspect: a known word if there is one, else one neighbour each."""
    before, after = text[odd - 1 : odd], text[odd + 1 : odd + 2]
    same_before = odd > 0 and before == text[other - 1] and "一" <= before <= "龥"
    same_after = after == text[other + 1 : other + 2] and "一" <= after <= "龥"
    if same_before and text[other - 1 : other + 1] in lexicon.known():
        return 1, 1
    if same_after and text[other : other + 2] in lexicon.known():
        return 0, 2
    return int(same_before), 1 + int(same_after)
