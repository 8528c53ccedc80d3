"""责任单位: names of offices in a text, taken apart without breaking a name.

Names are kept exactly as written. 、 and ， separate names; 和, 及 and 与 separate only where both
sides are names of their own: 工业和信息化部 is one name, 财政部和教育部 are two.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from xiaoneng.programme.reading.lexicon import COMPOUND_STEMS, FIELDS, RUN_ON, STRONG_ENDINGS, WEAK_ENDINGS

# One kind of place: 县, 县市区, 县（市、区）.
_KIND = r"[省市州县区旗盟镇乡]{1,4}(?:[（(〔][^（）()〔〕]{1,8}[）)〕])?"
# 、 inside one name: collective bearers.
COLLECTIVE = re.compile(
    rf"各(?:有关|设区)?{_KIND}(?:、{_KIND}){{1,4}}(?:人民政府|政府)(?:办公室|办公厅)?|"
    r"(?:全?各|有关|相关|地方|其他)?(?:市、州、县|省、自治区、直辖市|省、区、市|市、县、区|县、市、区|县、市|市、县|市、区|县、区|镇、街道|乡镇、街道|市、州|州、市|区、市|区、县市|地、州、市|设区市、县|"
    r"镇、乡、街道|乡、镇|市、州、直管市)"
    r"(?:、(?:林区|神农架林区|开发区|新区))?(?:（[^（）]{1,12}）|\([^()]{1,12}\))?"
    r"(?:和新疆生产建设兵团|及新疆生产建设兵团)?"
    r"(?:人民政府|党委政府|政府|党委|党委和政府|部门|单位|地区|财政部门|人民政府办公厅)?"
)

_ENDING = re.compile(rf"(?:{STRONG_ENDINGS}|" + "|".join(f"{c}(?!{RUN_ON[c]})" for c in WEAK_ENDINGS) + r")$")
_NOT_A_UNIT = re.compile(
    r"全部$|^(?:内|外|干|本|大|局|北|南|东|西|中|上|下|底|头|支)部$|程序|^(?:推进|加强|完善|强化|提高|建立|健全|开展|落实|推动|加快|加大|支持|鼓励|引导|实施|深化|优化|坚持|做好|改造|新建|扩建|改建|建成|举办|打造|整治|修订|修缮|清理|清查|筹建|引进|培育|检修|升级|开通|搭建|设立|增设|成立|配备|购置|组织(?!部)|制定|促进|发挥|规范)"
    r"|(?:试|暂|执|履|实|进|推|自|运|发|举|平|流|通|先|另)行$|(?:申|承|主|举|开|创|兴|代|经|协|帮|补|催)办$|(?:场所|处所|厕所)$|以下|简称|^由|召开|会议$|大会$|[，。；：:！？《》]|社会$|机会$|协会会|学会了|不得|应当|必须"
)
_OPEN_NAME = re.compile(
    r"^(?:各(?!自贸)|有关|相关|其他|全市各|全省各|全县各|市直各|省直各|省直有关|市直有关|地方各级|各级|责任单位|成员单位|各有关)|(?:有关|相关)(?:部门|单位|方面|地区|处室|机关|省|市|县)|"
    r"各(?:有关|相关|成员)?(?:部门|单位|地区|处室|科室)$|"
    r"^(?:地方|地方政府|地方人民政府|各地|各地区|市县|市县政府|县级以上|全市|全省|各)"
)


@dataclass(frozen=True, slots=True)
class Names:
    """单位名单: the names as written and whether the wording leaves the list open (等, 有关部门, 各地区)."""

    names: tuple[str, ...]
    others: bool


def looks_like_unit(name: str) -> bool:
    """像单位名: the shape of an office's or a collective bearer's name; never a sentence."""
    if not 2 <= len(name) <= 40:
        return False
    if COLLECTIVE.fullmatch(name) or _COLLECTIVE_WORD.fullmatch(name):
        return True
    if (aside := _ASIDE_NAME.search(name)) and looks_like_unit(name[aside.start() + 1 : -1]):
        name = name[: aside.start()]  # 市发改局（市能源局）: an office and its second name plate
    return bool(_ENDING.search(name)) and not _NOT_A_UNIT.search(name)


_ASIDE_NAME = re.compile(r"(?<=.)[（(][^（）()]{2,20}[）)]$")
_COLLECTIVE_WORD = re.compile(
    r"各?(?:乡镇|镇|乡|村|区|县|市)[（(](?:街道|社区|居|市、区|市|区|办事处|园区|场)[）)]|"
    r"各地|各地区|各地方|各省份|各省|各市|各县|各区|各镇|各乡镇|各镇街|各街道|各市州|各市（州）|各部门|各单位|各处室|各有关方面|有关方面|各级|各方面|各旗县区|"
    r"各?(?:有关)?(?:省|市|县|区|镇|乡|旗|盟|州)(?:（[^（）]{1,12}）)(?:人民政府|政府|委|局|办|组织|部门)?"
)


def is_open(name: str) -> bool:
    """集合名称: 各地区, 有关部门 and the like: a bearer that names nobody in particular."""
    return bool(_OPEN_NAME.search(name))


_SEPARATOR = re.compile(r"[、，,；;]|\s{1,8}")
_ETC = re.compile(
    r"等\d{0,2}[一二三四五六七八九十]{0,3}(?:个)?(?:(?:国务院|中央|国家|[省市县区州]级?直?属?|驻[\u4e00-\u9fa5])(?:各|(?=有关|相关|其他|部门|单位|机构)))?(?:有关|相关|其他)?(?:部门|单位|处室|机构|方面|地区|地|成员单位|部门和单位|部门、单位|科室)?(?:和单位|及单位)?$"
)
_GENERIC = ("部门", "单位", "地区", "机构", "方面", "组织", "企业", "处室")
_JOINERS = "和及与或"


def split_units(text: str) -> Names:
    """拆分单位: "财政部、工业和信息化部和教育部等部门" → three names and `others`.

    The text holds names only: no verbs, no labels.
    """
    text = text.strip().strip("。.；;，,、：: ")
    text = re.sub(r"^(?:由|请|以及|及|和)", "", text)
    names: list[str] = []
    others = False
    for piece in _pieces(text):
        piece, etc = _drop_etc(piece)
        others = others or etc
        for name in _split_joined(piece):
            name, etc = _drop_etc(name)
            others = others or etc
            name = name.strip(" 　.。")
            name = re.sub(r"^(?:以及|及|和)(?=.)", "", name)
            if name and name not in ("等", "分别", "共同"):
                names.append(name)
                others = others or is_open(name)
    return Names(tuple(dict.fromkeys(names)), others)


def _drop_etc(name: str) -> tuple[str, bool]:
    found = _ETC.search(name)
    return (name[: found.start()], True) if found else (name, False)


def _pieces(text: str) -> list[str]:
    """Cuts at separators outside brackets and outside collective names (各市、州、县人民政府)."""
    shielded = [False] * len(text)
    depth = 0
    for i, c in enumerate(text):
        if c in "（(":
            depth += 1
        shielded[i] = depth > 0
        if c in "）)":
            depth = max(0, depth - 1)
    for found in COLLECTIVE.finditer(text):
        if found.group() and (found.start() == 0 or text[found.start() - 1] in "、，,；;和及 由"):
            for i in range(*found.span()):
                shielded[i] = True
    pieces: list[str] = []
    start = 0
    for found in _SEPARATOR.finditer(text):
        if found.start() >= start and not shielded[found.start()]:
            pieces.append(text[start : found.start()])
            start = found.end()
    pieces.append(text[start:])
    return [p for p in pieces if p.strip()]


@lru_cache(maxsize=4096)
def _split_joined(piece: str) -> tuple[str, ...]:
    """Cuts "教育部和财政部" at 和 where both sides can stand as names."""
    if COLLECTIVE.fullmatch(piece):
        return (piece,)
    shield: set[int] = set()
    for stem in COMPOUND_STEMS:
        at = piece.find(stem)
        if at >= 0:
            shield.update(range(at, at + len(stem)))
    depth = 0
    for i, c in enumerate(piece):
        if c in "（(":
            depth += 1
        elif c in "）)":
            depth -= 1
        elif c in _JOINERS and depth == 0 and i not in shield:
            left, right = piece[:i], piece[i + 1 :]
            if c == "或" and right.startswith("者"):
                right = right[1:]
            if c == "及" and left.endswith("以"):
                left = left[:-1]
            if (right.startswith("其") and not right.startswith("其他")) or right in _GENERIC:
                continue  # 各有关部门和单位 is one bearer
            # 财政和医保部门: two short names of fields that share one ending are two bearers as well.
            if looks_like_unit(right.rstrip("等")) and (
                looks_like_unit(left) or (is_field(left) and right.endswith(("部门", "单位")))
            ):
                return (left, *_split_joined(right))
    return (piece,)


def is_field(name: str) -> bool:
    """条线名: a field of administration used as the short name of its department (财政, 医保)."""
    return name in FIELDS
