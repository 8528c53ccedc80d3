"""方案的结构: under which action and which measure each task of a reading hangs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz

from xiaoneng.programme.importing.identity import plain

_NUMBER = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十百]+[）)、.．﹒]|[（(]?\d+[）)、.．﹒])\s*")
LONGEST_TITLE = 300
SAME_NAME = 60.0

MeasureKey = tuple[str, int, str]


@dataclass(slots=True)
class Structure:
    """结构: actions and measures in the plan's order; `of` gives each task number its (action, measure) or None.

    Actions are titles; a measure is (action title or "", number or 0, title).
    """

    actions: list[str] = field(default_factory=list)
    measures: list[MeasureKey] = field(default_factory=list)
    of: dict[int, tuple[str, MeasureKey | None]] = field(default_factory=dict)


def structure(reading: Mapping[str, Any]) -> Structure:
    """结构 of a reading: the body's measures first, then what only the tasks name.

    A task that names a measure by number belongs to the body's measure of that number, however the annex spells it:
    the difference in spelling is a finding, not a second measure.
    """
    made = Structure()
    numbered: dict[int, MeasureKey] = {}
    for measure in reading["measures"]:
        key = _measure(made, measure["action"], measure["number"], measure["title"])
        if key is not None and key[1]:
            numbered.setdefault(key[1], key)
    for task in reading["tasks"]:
        if task.get("skip"):
            continue
        made.of[task["number"]] = _place(made, numbered, task)
    return made


def _place(
    made: Structure, numbered: Mapping[int, MeasureKey], task: Mapping[str, Any]
) -> tuple[str, MeasureKey | None]:
    action, title = task.get("action") or "", task.get("measure") or ""
    same = numbered.get(task.get("measure_number") or 0)
    if same is not None and fuzz.ratio(plain(bare(title)), plain(bare(same[2]))) >= SAME_NAME:
        return same[0], same
    path = [name for name in task.get("path") or () if name]
    if not action and not title and path:
        action, title = path[0], path[1] if len(path) > 1 else ""
    measure = _measure(made, action, task.get("measure_number") or 0, title)
    return measure[0] if measure else _action(made, action), measure


def _action(made: Structure, title: str) -> str:
    """The action of this title, the spelling met first standing for all that differ in the number only."""
    wanted = title.strip()[:LONGEST_TITLE]
    if not wanted:
        return ""
    for known in made.actions:
        if plain(bare(known)) == plain(bare(wanted)):
            return known
    made.actions.append(wanted)
    return wanted


def _measure(made: Structure, action: str, number: int, title: str) -> MeasureKey | None:
    above = _action(made, action)
    wanted = bare(title).strip()[:LONGEST_TITLE]
    if not wanted:
        return None
    for known in made.measures:
        if known[0] == above and known[1] == number and plain(known[2]) == plain(wanted):
            return known
    key = (above, number, wanted)
    made.measures.append(key)
    return key


def bare(title: str) -> str:
    """去掉序号的名称."""
    return _NUMBER.sub("", title, count=1)
