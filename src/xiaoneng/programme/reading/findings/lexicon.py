"""词库: official words and phrases, and which characters are taken for one another by ear or by eye.

The tables lie in `data/` (own word lists; sounds and shapes made by `data/generate.py`) and are read when first needed.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"


def _lines(name: str) -> list[str]:
    text = (_DATA / name).read_text("utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


def _listed(name: str) -> frozenset[str]:
    return frozenset(" ".join(_lines(name)).split())


@cache
def official() -> frozenset[str]:
    """公文词: two-character words of official business, the ones a slip is recognised against first."""
    return _listed("words.txt")


@cache
def words() -> frozenset[str]:
    """常用词: official and ordinary two-character words."""
    return official() | _listed("general.txt")


@cache
def phrases() -> frozenset[str]:
    """固定词组: of three characters and more."""
    return frozenset(p for p in _listed("phrases.txt") if len(p) > 2)


@cache
def known() -> frozenset[str]:
    """已知词: the words, and the even pairs of fixed phrases."""
    return words() | {p[i : i + 2] for p in phrases() if len(p) % 2 == 0 for i in range(0, len(p), 2)}


@cache
def slips() -> dict[str, str]:
    """常见错写: a wrong spelling that is never right in official text, with the right one."""
    return dict(line.split() for line in _lines("slips.txt"))


@cache
def _sounds() -> dict[str, str]:
    """Each character with one code for each of its readings; the blurs are made when the table is."""
    table: dict[str, str] = {}
    for code, line in enumerate(_lines("sounds.txt")):
        for c in line.split()[1]:
            table[c] = table.get(c, "") + chr(code)
    return table


@cache
def _shapes() -> dict[str, str]:
    return dict(line.split() for line in _lines("shapes.txt"))


def sound_alike(a: str, b: str) -> bool:
    """音近: whether the two characters share a reading, tones and the usual blurs aside."""
    heard = _sounds()
    return any(code in heard.get(b, "") for code in heard.get(a, ""))


def alike(a: str, b: str) -> bool:
    """形近或音近: whether one character could be written for the other by mistake."""
    low, high = (a, b) if a < b else (b, a)
    return sound_alike(a, b) or high in _shapes().get(low, "")


@cache
def real() -> dict[str, str]:
    """实有组合: by first character, the second ones of combinations that look like a slip and are none."""
    return dict(line.split() for line in _lines("real.txt"))


@cache
def _freedom() -> dict[str, str]:
    return {line[0]: line[1:] for line in _lines("freedom.txt")}


def rarity(a: str, b: str) -> int:
    """罕见度: how rarely `a` ends a word and `b` begins the next, in binary orders of magnitude (0 = always)."""
    free = _freedom()
    return ord(free.get(a, "zz")[0]) + ord(free.get(b, "zz")[1]) - 2 * ord("a")
