"""近似词组: the same wording twice in the document, one character apart.

The character that stands in the rarer wording, or in the later one, is the suspect. Numbers, levels, directions and
other characters that lists vary on purpose are left alone, and so is a variation between two real words unless the
wording around it is long or the two characters sound or look alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from xiaoneng.programme.reading.findings import lexicon
from xiaoneng.programme.reading.findings.text import Whole, finding
from xiaoneng.programme.reading.plan import Finding

_VARIES = frozenset(
    "〇零一二两三四五六七八九十百千万亿甲乙丙丁戊东西南北中上下左右前后内外大小多少高低新旧老青年月日季周时国省市县区乡镇村街州"
    "男女正副主次总分首末初再又和与及或的地得等者人员处科室局办部厅委院所站中各本该其此这那不无未非有以为对向从在于至到被把将使"
)
_MOST = 12
_REACH = 12


def near_misses(whole: Whole) -> Iterator[Finding]:
    """近似词组: one finding for each suspect place; the excerpt is the word around the suspect character."""
    told: set[int] = set()
    for first, second in _candidates(whole):
        judged = _judge(whole, first[0], second[0])
        if judged is None:
            continue
        odd, other = (first, second[0]) if judged[0] == first[0] else (second, first[0])
        for place in odd:
            if place not in told:
                told.add(place)
                yield _report(whole, place, other)


def _report(whole: Whole, odd: int, other: int) -> Finding:
    text = whole.text
    left, right = _word(text, odd, other)
    line, elsewhere = whole.line_at(odd), whole.line_at(other)
    wrong, meant = text[odd - left : odd + right], text[other - left : other + right]
    message = f"“{wrong}”与第{elsewhere.number}行的“{meant}”只差一字，疑有误。"
    return finding("near-miss", "warning", line, wrong, message, meant)


def _candidates(whole: Whole) -> Iterator[tuple[list[int], list[int]]]:
    """Two sets of places whose surroundings agree: four characters before, four after, or two on both sides."""
    text, pairs = whole.text, whole.pairs
    # Four characters can only be met again where both their pairs are.
    again = {pair for pair, count in whole.tally.items() if count > 1 and "\n" not in pair}
    often = [pair in again for pair in pairs]
    after = [i for i, (one, two) in enumerate(zip(often, often[2:], strict=False)) if one and two]
    for places in _repeated(after, [pairs[i] + pairs[i + 2] for i in after]):
        if len({text[i + 4 : i + 5] for i in places}) > 1:
            yield from _differing(text, [i + 4 for i in places])
        if len({text[i - 1] for i in places}) > 1:
            yield from _differing(text, [i - 1 for i in places if i])
    around = [i for i, (one, two) in enumerate(zip(often, often[3:], strict=False)) if one and two]
    for places in _repeated(around, [pairs[i] + pairs[i + 3] for i in around]):
        if len({text[i + 2] for i in places}) > 1:
            yield from _differing(text, [i + 2 for i in places])


def _repeated(places: list[int], grams: list[str]) -> Iterator[list[int]]:
    again = {gram for gram, count in Counter(grams).items() if count > 1}
    found: dict[str, list[int]] = {}
    for i, gram in zip(places, grams, strict=True):
        if gram in again and len(same := found.setdefault(gram, [])) < _MOST:
            same.append(i)
    return iter(found.values())


def _differing(text: str, places: list[int]) -> Iterator[tuple[list[int], list[int]]]:
    by_char: dict[str, list[int]] = {}
    for place in places:
        if "一" <= (c := text[place : place + 1]) <= "龥" and c not in _VARIES:
            by_char.setdefault(c, []).append(place)
    if 2 <= len(by_char) <= 4:
        sets = list(by_char.values())
        yield from ((p, q) for k, p in enumerate(sets) for q in sets[k + 1 :])


def _judge(whole: Whole, p: int, q: int) -> tuple[int, int] | None:
    """(suspect, other) or None where the two wordings may well both be meant."""
    text = whole.text
    left, right = _reach(text, p, q, -1), _reach(text, p, q, 1)
    standing = {p: _standing(text, p, left, right), q: _standing(text, q, left, right)}
    met = {place: _met(whole, place, left, right) for place in (p, q)}
    odd, other = (q, p) if (met[q], standing[q]) <= (met[p], standing[p]) else (p, q)
    if met[odd] == met[other] and standing[odd] != standing[other]:
        odd, other = sorted((p, q), key=lambda place: standing[place])
    unknown = standing[odd] == 0 and standing[other] > 0 and _standing(text, odd, 1, 1) == 0
    similar = lexicon.alike(text[p], text[q])
    both = left >= 2 and right >= 2
    if both and left + right >= 7 and (similar or unknown):
        return odd, other
    if left + right >= 4 and similar and unknown:
        return odd, other
    if both and left + right >= 5 and similar and standing[other] > standing[odd] and met[odd] == 1:
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


def _met(whole: Whole, place: int, left: int, right: int) -> int:
    """How often the document has the character beside the neighbours that both wordings share."""
    before, after = _sides(whole.text, place)
    return max(whole.tally[before] if left else 0, whole.tally[after] if right else 0)


def _standing(text: str, place: int, left: int, right: int) -> int:
    """How many known words and phrases the character makes with the neighbours that both wordings share."""
    before, after = _sides(text, place)
    threes = (text[place - 2 : place + 1] if left > 1 else "", text[place : place + 3] if right > 1 else "")
    return (
        (left > 0 and before in lexicon.known())
        + (right > 0 and after in lexicon.known())
        + 2 * sum(three in lexicon.phrases() for three in threes)
    )


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
