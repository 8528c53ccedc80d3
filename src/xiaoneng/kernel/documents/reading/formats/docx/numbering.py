"""自动编号: the numbers that Word shows and does not store as text: 一、（一）1.（1）."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from xiaoneng.kernel.documents.reading import numerals
from xiaoneng.kernel.documents.reading.formats.docx.names import attribute, child, integer, words

_PLACE = re.compile(r"%([1-9])")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"


def _of(row: str) -> Callable[[int], str]:
    return lambda n: row[(n - 1) % len(row)]


def _digits(number: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda n: f"{n:02d}",
    "decimalFullWidth": lambda n: str(n).translate(_FULL_WIDTH),
    "decimalHalfWidth": str,
    "decimalEnclosedCircle": numerals.circled,
    "decimalEnclosedCircleChinese": numerals.circled,
    "decimalEnclosedParen": lambda n: f"({n})",
    "decimalEnclosedFullstop": lambda n: f"{n}.",
    "ideographEnclosedCircle": lambda n: f"({numerals.chinese(n)})",
    "chineseCounting": numerals.chinese,
    "chineseCountingThousand": numerals.chinese,
    "japaneseCounting": numerals.chinese,
    "taiwaneseCounting": numerals.chinese,
    "taiwaneseCountingThousand": numerals.chinese,
    "chineseLegalSimplified": numerals.formal,
    "ideographLegalTraditional": numerals.formal,
    "ideographDigital": _digits,
    "taiwaneseDigital": _digits,
    "japaneseDigitalTenThousand": _digits,
    "ideographTraditional": _of(_STEMS),
    "ideographZodiac": _of(_BRANCHES),
    "lowerLetter": numerals.lower_letter,
    "upperLetter": lambda n: numerals.lower_letter(n).upper(),
    "lowerRoman": numerals.lower_roman,
    "upperRoman": lambda n: numerals.lower_roman(n).upper(),
    "none": lambda _: "",
    "bullet": lambda _: "",
}


@dataclass(frozen=True, slots=True)
class Level:
    """级: `restart` is the level whose number starts this one afresh: 0 none, else counted from 1."""

    format: str
    text: str
    start: int
    restart: int
    legal: bool


class Numbering:
    """编号表, and how far each list has counted."""

    def __init__(self, root: Any) -> None:
        self._levels: dict[int, dict[int, Level]] = {}
        self._lists: dict[int, int] = {}
        self._overrides: dict[int, dict[int, tuple[Level | None, int | None]]] = {}
        self._counts: dict[int, dict[int, int]] = {}
        self._begun: set[int] = set()
        for element in root if root is not None else ():
            if words(element) == "abstractNum":
                held = {integer(e, "ilvl"): _level(e, integer(e, "ilvl")) for e in element if words(e) == "lvl"}
                self._levels[integer(element, "abstractNumId")] = held
            elif words(element) == "num":
                number = integer(element, "numId")
                self._lists[number] = integer(child(element, "abstractNumId"), default=-1)
                self._overrides[number] = {
                    integer(e, "ilvl"): _override(e) for e in element if words(e) == "lvlOverride"
                }

    def next(self, number: int | None, level: int | None) -> str:
        """下一个编号 of list `number` at `level` (from 0), as text to put before the paragraph; "" for no list."""
        abstract = self._lists.get(number or 0)
        if number is None or abstract is None:
            return ""
        level = min(max(level or 0, 0), 8)
        counts = self._counts.setdefault(abstract, {})
        if number not in self._begun:
            self._begun.add(number)
            for at, (_, start) in self._overrides[number].items():
                if start is not None:
                    counts.pop(at, None)
        definition = self._definition(number, abstract, level)
        if definition is None:
            return ""
        counts[level] = counts[level] + 1 if level in counts else self._start(number, definition, level)
        for deeper in [at for at in counts if at > level]:
            inner = self._definition(number, abstract, deeper)
            if inner is None or inner.restart > level:
                del counts[deeper]
        return self._shown(number, abstract, definition, counts)

    def _start(self, number: int, definition: Level, level: int) -> int:
        start = self._overrides[number].get(level, (None, None))[1]
        return definition.start if start is None else start

    def _definition(self, number: int, abstract: int, level: int) -> Level | None:
        return self._overrides[number].get(level, (None, None))[0] or self._levels.get(abstract, {}).get(level)

    def _shown(self, number: int, abstract: int, definition: Level, counts: dict[int, int]) -> str:
        def place(found: re.Match[str]) -> str:
            at = int(found.group(1)) - 1
            level = self._definition(number, abstract, at)
            value = counts.get(at, level.start if level else 1)
            style = "decimal" if definition.legal or level is None else level.format
            return _FORMATS.get(style, str)(min(max(value, 0), 999_999))

        if definition.format == "bullet":
            return ""
        text = _PLACE.sub(place, definition.text)
        return f"{text} " if text[-1:].isalnum() and text[-1:].isascii() else text


def _level(element: Any, level: int) -> Level:
    restart = child(element, "lvlRestart")
    return Level(
        attribute(child(element, "numFmt"), default="decimal"),
        attribute(child(element, "lvlText"))[:50],
        integer(child(element, "start"), default=1),
        level if restart is None else integer(restart, default=level),
        child(element, "isLgl") is not None,
    )


def _override(element: Any) -> tuple[Level | None, int | None]:
    held, start = child(element, "lvl"), child(element, "startOverride")
    return (
        None if held is None else _level(held, integer(element, "ilvl")),
        None if start is None else integer(start, default=1),
    )
