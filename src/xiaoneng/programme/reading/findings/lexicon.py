"""词库: official words and phrases, and which characters are taken for one another by ear or by eye.

The tables lie in `data/` (own word lists; sounds and shapes made by `data/generate.py`) and are read when first needed.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_BLUR = (
    (re.compile(r"^([zcs])h"), r"\1"),
    (re.compile(r"^n(?!g)"), "l"),
    (re.compile(r"ng$"), "n"),
    (re.compile(r"^hu"), "fu"),
)


def blurred(syllable: str) -> str:
    """模糊音: zh/z, ch/c, sh/s, n/l, an/ang, en/eng, in/ing and hu/fu are not told apart."""
    for pattern, replacement in _BLUR:
        syllable = pattern.sub(replacement, syllable)
    return syllable


def _lines(name: str) -> list[str]:
    text = files(__package__).joinpath("data", name).read_text("utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


@cache
def words() -> frozenset[str]:
    """常用词: two-character words of official Chinese, the ones a slip is recognised against."""
    return frozenset(word for name in ("words.txt", "general.txt") for line in _lines(name) for word in line.split())


@cache
def official() -> frozenset[str]:
    """公文词: the words of official business alone."""
    return frozenset(word for line in _lines("words.txt") for word in line.split())


@cache
def known() -> frozenset[str]:
    """已知词: the words, and the even pairs of fixed phrases."""
    pairs = {p[i : i + 2] for p in phrases() if len(p) % 2 == 0 for i in range(0, len(p), 2)}
    return words() | pairs


@cache
def phrases() -> frozenset[str]:
    """固定词组: of three characters and more."""
    return frozenset(p for line in _lines("phrases.txt") for p in line.split() if len(p) > 2)


@cache
def slips() -> dict[str, str]:
    """常见错写: a wrong spelling that is never right in official text, with the right one."""
    return dict(line.split() for line in _lines("slips.txt"))


@cache
def _sounds() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for line in _lines("sounds.txt"):
        syllable, chars = line.split()
        vague = blurred(syllable)
        for c in chars:
            table.setdefault(c, set()).add(vague)
    return {c: frozenset(s) for c, s in table.items()}


@cache
def _shapes() -> dict[str, str]:
    return dict(line.split() for line in _lines("shapes.txt"))


def sound_alike(a: str, b: str) -> bool:
    """音近: whether the two characters share a reading, tones and the usual blurs aside."""
    heard = _sounds()
    return a in heard and b in heard and not heard[a].isdisjoint(heard[b])


def alike(a: str, b: str) -> bool:
    """形近或音近: whether one character could be written for the other by mistake."""
    if sound_alike(a, b):
        return True
    low, high = (a, b) if a < b else (b, a)
    return high in _shapes().get(low, "")


@cache
def real() -> dict[str, str]:
    """实有组合: by first character, the second ones of combinations that look like a slip and are none."""
    return dict(line.split() for line in _lines("real.txt"))


@cache
def freedom() -> dict[str, tuple[int, int]]:
    """自由度: how rarely a character ends a word and begins one, as binary orders of magnitude (0 = always)."""
    return {line[0]: (ord(line[1]) - 97, ord(line[2]) - 97) for line in _lines("freedom.txt")}
