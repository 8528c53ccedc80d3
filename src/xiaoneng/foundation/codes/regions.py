"""行政区划代码 (GB/T 2260): structure, level and province. The lower levels change every year and are not kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from xiaoneng.foundation.codes.text import at, compact
from xiaoneng.foundation.refusals import Unreadable

NAME = "行政区划代码"
BASIS = "GB/T 2260"
PROVINCES = {
    "11": "北京市", "12": "天津市", "13": "河北省", "14": "山西省", "15": "内蒙古自治区",
    "21": "辽宁省", "22": "吉林省", "23": "黑龙江省",
    "31": "上海市", "32": "江苏省", "33": "浙江省", "34": "安徽省", "35": "福建省", "36": "江西省", "37": "山东省",
    "41": "河南省", "42": "湖北省", "43": "湖南省", "44": "广东省", "45": "广西壮族自治区", "46": "海南省",
    "50": "重庆市", "51": "四川省", "52": "贵州省", "53": "云南省", "54": "西藏自治区",
    "61": "陕西省", "62": "甘肃省", "63": "青海省", "64": "宁夏回族自治区", "65": "新疆维吾尔自治区",
    "71": "台湾省", "81": "香港特别行政区", "82": "澳门特别行政区",
}  # fmt: skip

Level = Literal["省级", "地级", "县级"]


@dataclass(frozen=True, slots=True)
class Region:
    """行政区划: `parents` are the codes above it, the province first."""

    code: str
    level: Level
    province: str
    parents: tuple[str, ...]

    def __str__(self) -> str:
        return self.code


def parse_region(text: str) -> Region:
    """读行政区划代码 (six digits). Raises `Unreadable`."""
    code = compact(text, name=NAME)
    faults = [f"{at(i, c)}不是数字" for i, c in enumerate(code, 1) if c not in "0123456789"]
    if len(code) != 6:
        faults.insert(0, f"应为 6 位数字，实为 {len(code)} 位")
    elif not faults and code[:2] not in PROVINCES:
        faults.append(f"前两位“{code[:2]}”不是省级代码")
    elif not faults and code[2:4] == "00" and code[4:] != "00":
        faults.append(f"第 3、4 位为“00”时后两位也应为“00”，实为“{code[4:]}”")
    if faults:
        raise Unreadable(f"{NAME}有误：{'；'.join(faults)}。", basis=BASIS)
    above = (f"{code[:2]}0000", f"{code[:4]}00")
    level: Level = "省级" if code[2:] == "0000" else "地级" if code[4:] == "00" else "县级"
    return Region(code, level, PROVINCES[code[:2]], tuple(c for c in above if c != code and level != "省级"))
