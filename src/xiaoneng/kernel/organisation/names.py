"""机构名称 (pure): which names are groups, what a group stands for, and which two spellings mean one unit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz

NUMERALS = "一二三四五六七八九十"
NEAR = 80.0

_BRACKETED = re.compile(r"[（(【〔\[].*?[）)】〕\]]")
_BODIES = "处室|科室|处|科|股|部门|单位|委办局|机关|机构|地区|地方|县区|市区|人民政府|政府|省份|企业|医院|学校|银行"
_GROUP = re.compile(
    rf"""
      ^各(?!界)                                  # 各处室 各综合处 各有关部门 各市、州、县人民政府
    | 各(综合)?(处室|科室|处|科|部门|单位|地区)     # 综合各处室 机关各处室 市直各部门
    | ^(其他|其它)?(等)?(有关|相关)                 # 有关部门 等相关处室 其他有关执法机关
    | ^(其他|其它|全体|所有)({_BODIES})             # 其他处室 全体单位
    | (有关|相关)({_BODIES})$                       # 市直有关部门
    | 等({_BODIES})?$                              # …等 …等处室 …等部门
    """,
    re.VERBOSE,
)
_INDEFINITE = re.compile(r"有关|相关|其他|其它|等")


def tidy(name: str) -> str:
    """规范写法: NFKC, no blanks or invisible characters, full-width brackets: what equal names have in common."""
    text = "".join(unicodedata.normalize("NFKC", name).split())
    text = "".join(character for character in text if unicodedata.category(character) not in ("Cc", "Cf"))
    return text.replace("(", "（").replace(")", "）")


def classify(name: str) -> Literal["unit", "group"]:
    """一个机构还是一类机构: "综合四处" is a unit, "各处室", "有关部门" and "…等" are groups."""
    return "group" if _GROUP.search(_BRACKETED.sub("", tidy(name))) else "unit"


@dataclass(frozen=True, slots=True)
class Group:
    """一类机构: the kinds of unit that it takes in, perhaps only the numbered 综合 divisions.

    `definite` is False for "有关部门": who is concerned is not in the words; a person must say.
    """

    kinds: frozenset[str]
    numbered: bool
    definite: bool


def group(name: str) -> Group | None:
    """类别词的含义: None for a name that is no group."""
    text = _BRACKETED.sub("", tidy(name))
    if classify(text) == "unit":
        return None
    if _INDEFINITE.search(text):
        return Group(frozenset(), False, False)
    kinds = {kind for pattern, kind in _KINDS if re.search(pattern, text)}
    return Group(frozenset(kinds), "综合" in text, bool(kinds))


_KINDS = (
    (r"处室|处$", "division"),
    (r"科室|科$|股$", "section"),
    (r"部门|单位|委办局", "department"),
    (r"[市州县区乡镇].*政府|各地|地区|地方|县区|各[市州县区]", "district"),
)
_NUMBERED = re.compile(rf"^综合第?[{NUMERALS}]+(处|处室|科)$")


def is_numbered(name: str) -> bool:
    """综合一处、综合二处……: what "各综合处" stands for."""
    return bool(_NUMBERED.match(tidy(name)))


def likeness(one: str, other: str) -> float:
    """相似度 0–100: 0 where the numerals differ (综合一处 is never a slip for 综合二处)."""
    one, other = _bare(one), _bare(other)
    if _numerals(one) != _numerals(other):
        return 0.0
    if one == other:
        return 100.0
    return float(fuzz.ratio(one, other))


def nearest(name: str, known: Iterable[str]) -> list[tuple[str, float]]:
    """近似名称: known names at least 80 alike, best first, at most five."""
    scored = [(other, likeness(name, other)) for other in known]
    return sorted((pair for pair in scored if pair[1] >= NEAR), key=lambda pair: (-pair[1], pair[0]))[:5]


def _bare(name: str) -> str:
    """Without brackets and without the words that spellings differ in."""
    return re.sub(r"[和与及、暨·\-]", "", _BRACKETED.sub("", tidy(name)))


def _numerals(name: str) -> str:
    return "".join(re.findall(rf"[{NUMERALS}0-9]", name))
