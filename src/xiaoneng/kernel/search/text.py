"""文字: how text is folded, cut into grams, and shown with what was sought; pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

LONGEST_QUERY = 100
MOST_TERMS = 8


class _Folding(dict[int, str]):
    """折叠表: full-width, compatibility and capital forms become one; anything but letters and digits parts words."""

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKC", chr(code)).casefold()
        self[code] = folded = "".join(c if c.isalnum() and ord(c) <= 0xFFFFF else " " for c in plain) or " "
        return folded


_FOLDING = _Folding()


def fold(text: str) -> str:
    """折叠: the form in which text is compared; character by character, so that every part folds alike."""
    return text.translate(_FOLDING)


def grams(text: str) -> Iterator[str]:
    """字对: of every word its overlapping pairs of characters in order, and its last character alone.

    A part of a word is then a sequence of neighbouring pairs, and a single character the beginning of a gram.
    """
    for word in fold(text).split():
        for at in range(len(word) - 1):
            yield word[at : at + 2]
        yield word[-1]


def pairs(term: str) -> list[str]:
    """The grams that text containing `term` must have; for one character, itself."""
    return [term[at : at + 2] for at in range(len(term) - 1)] or [term]


@dataclass(frozen=True, slots=True)
class Query:
    """检索词: folded terms, all of which must occur; `cut` where the asked-for text was longer than is searched."""

    terms: tuple[str, ...]
    cut: bool = False

    @classmethod
    def of(cls, asked: str) -> Query:
        terms = dict.fromkeys(fold(asked[:LONGEST_QUERY]).split())
        return cls(tuple(terms)[:MOST_TERMS], len(asked) > LONGEST_QUERY or len(terms) > MOST_TERMS)


def clean(text: str) -> str:
    """去除控制字符: one line without control characters (PostgreSQL refuses NUL) and lone surrogates."""
    readable = "".join(" " if unicodedata.category(c) in {"Cc", "Cs"} else c for c in text)
    return " ".join(readable.split())


def marked(text: str, terms: tuple[str, ...]) -> Iterator[tuple[str, bool]]:
    """分段: the text in pieces, each with whether it was sought."""
    lengths = [len(fold(c)) for c in text]
    folded = fold(text)
    hit = bytearray(len(folded))
    for term in terms:
        at = folded.find(term)
        while at >= 0:
            hit[at : at + len(term)] = b"\1" * len(term)
            at = folded.find(term, at + 1)
    flags, place = [], 0
    for character, length in zip(text, lengths, strict=True):
        flags.append((character, any(hit[place : place + length])))
        place += length
    for sought, run in groupby(flags, key=itemgetter(1)):
        yield "".join(character for character, _ in run), sought


def excerpt(text: str, terms: tuple[str, ...], *, width: int = 90) -> str:
    """摘录: about `width` characters around the first place that was sought; "…" where something is left out."""
    folded = fold(text)
    places = [at for at in (folded.find(term) for term in terms) if at >= 0]
    # Folding seldom changes lengths; where it does, the excerpt starts a little off, which a reader does not notice.
    start = max(0, min(places, default=0) - width // 3)
    start = 0 if start < 10 else start
    end = start + width
    return ("…" if start else "") + text[start:end].strip() + ("…" if end < len(text) else "")
