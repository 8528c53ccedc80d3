"""统一社会信用代码 (GB 32100-2015): 18 characters; the last one checks the others."""

from __future__ import annotations

from dataclasses import dataclass

from xiaoneng.foundation.codes.regions import PROVINCES
from xiaoneng.foundation.codes.text import at, compact
from xiaoneng.foundation.refusals import Unreadable

NAME = "统一社会信用代码"
BASIS = "GB 32100-2015"
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = tuple(pow(3, i, 31) for i in range(17))
ALIKE = {"I": "1", "O": "0", "S": "5", "Z": "2", "V": "U"}
AUTHORITIES = {
    "1": "机构编制",
    "2": "外交",
    "3": "司法行政",
    "4": "文化",
    "5": "民政",
    "6": "旅游",
    "7": "宗教",
    "8": "工会",
    "9": "市场监督管理",
    "A": "军队",
    "N": "农业农村",
    "Y": "其他",
}


@dataclass(frozen=True, slots=True)
class CreditCode:
    """统一社会信用代码: `authority` is the registering department, `region` its 行政区划代码 (100000: 国家),
    `organization` the 组织机构代码.
    """

    code: str
    authority: str
    kind: str
    region: str
    organization: str

    def __str__(self) -> str:
        return self.code


def check_character(body: str) -> str:
    """校验码 of the first 17 characters: (31 − Σ mod 31) mod 31."""
    total = sum(ALPHABET.index(c) * w for c, w in zip(body, WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def parse_credit_code(text: str) -> CreditCode:
    """读统一社会信用代码. Raises `Unreadable` naming every fault it can see: position, character, expected one."""
    code = compact(text, name=NAME)
    faults = [f"{at(i, c)}不是允许的字符{_hint(c)}" for i, c in enumerate(code, 1) if c not in ALPHABET]
    if len(code) != 18:
        faults.insert(0, f"应为 18 位，实为 {len(code)} 位")
    elif not faults:
        faults = list(_faults(code))
    if faults:
        raise Unreadable(f"{NAME}有误：{'；'.join(faults)}。", basis=BASIS)
    return CreditCode(code, AUTHORITIES[code[0]], code[1], code[2:8], code[8:17])


def _hint(character: str) -> str:
    return f"，是否应为“{ALIKE[character]}”" if character in ALIKE else ""


def _faults(code: str) -> list[str]:
    faults = []
    if code[0] not in AUTHORITIES:
        faults.append(f"{at(1, code[0])}不是登记管理部门代码")
    letters = [at(i, c) for i, c in enumerate(code[2:8], 3) if not c.isdigit()]
    if letters:
        faults.append(f"{'、'.join(letters)}应为数字（第 3 至 8 位是行政区划代码）")
    elif code[2:4] not in PROVINCES and code[2:8] != "100000":
        faults.append(f"第 3、4 位“{code[2:4]}”不是省级行政区划代码")
    expected = check_character(code[:17])
    if code[17] != expected:
        faults.append(f"{at(18, code[17])}（校验码）应为“{expected}”")
    return faults
