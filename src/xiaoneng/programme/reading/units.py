"""责任单位: names of offices in a text, taken apart without breaking a name.

Names are kept exactly as written. 、 and ， separate names; 和, 及 and 与 separate only where both
sides are names of their own: 工业和信息化部 is one name, 财政部和教育部 are two.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

# The stems of bodies whose own names hold 和, 及 or 、 (国务院机构设置 and the local bodies named after them).
# A stem is protected together with what precedes and follows it: 市工业和信息化局, 国家粮食和物资储备局.
COMPOUND_STEMS = (
    "工业和信息化", "工业和信息产业", "经济和信息化", "工业和科技", "住房和城乡建设", "住房和城乡规划", "人力资源和社会保障",
    "文化和旅游", "粮食和物资储备", "粮食和储备", "卫生和计划生育", "人口和计划生育", "发展和改革", "科学技术和工业信息化",
    "自然资源和规划", "规划和自然资源", "规划和国土资源", "国土资源和房屋管理", "国土资源和规划", "林业和草原", "林业和园林", "园林和林业",
    "农业和农村", "农村和农业", "交通和运输", "教育和体育", "体育和旅游", "教育和科技", "科技和工业信息化", "商务和经济技术合作",
    "商务和投资促进", "商务和粮食", "投资促进和商务", "城市管理和综合执法", "城市管理和综合行政执法", "城乡规划和建设", "民族和宗教", "民政和社会保障",
    "政务服务和数据管理", "政务服务和大数据", "数据和政务服务", "市场和质量监督", "市场和质量监管", "食品药品和质量", "工商和质量", "质量和技术监督",
    "水利和湖泊", "水务和湖泊", "海洋和渔业", "农业和水务", "农业和畜牧", "农林和水利", "新闻出版和广电", "新闻出版和版权", "广播影视和新闻", "文物和非遗",
    "信访和群众工作", "机构和编制", "老干部和离退休", "退役军人和双拥", "港澳和台湾", "外事和侨务", "档案和史志", "党史和地方志", "党史和文献", "接待和联络",
    "金融和国资", "地方金融监督和管理", "通信和网络", "网络安全和信息化", "互联网和信息化", "信息化和工业化", "政务公开和新闻联络", "电子政务和信息",
    "港口和口岸", "口岸和物流", "节能和环保", "生态和环境", "国家安全和保密", "社会治安和综合治理", "应急和安全", "安全和应急", "法规和标准",
    "改革和发展", "绿化和市容", "住房保障和房屋管理", "住房保障和房产管理", "房产和住房保障", "住房和建设", "住房和房屋", "建设和交通", "建设和管理",
    "建设和水务", "体制改革和", "台湾工作和港澳", "爱国卫生和健康", "医疗和保障", "知识产权和", "能源和", "审计和监督", "纪检和监察", "贸易和", "烟草和",
    "口岸和", "疾病预防和控制", "科技和信息化", "科技和大数据", "经贸和信息化", "经贸和科技", "经济和科技", "经济和商务", "经济和贸易", "发展和规划",
)  # fmt: skip

# 、 inside one name: collective bearers.
COLLECTIVE = re.compile(
    r"(?:全?各|有关|相关|地方|其他)?(?:市、州、县|省、自治区、直辖市|省、区、市|市、县、区|县、市、区|县、市|市、县|市、区|县、区|镇、街道|乡镇、街道|市、州|州、市|区、市|区、县市|地、州、市|设区市、县|"
    r"镇、乡、街道|乡、镇|市、州、直管市)"
    r"(?:、(?:林区|神农架林区|开发区|新区))?(?:（[^（）]{1,12}）|\([^()]{1,12}\))?"
    r"(?:和新疆生产建设兵团|及新疆生产建设兵团)?"
    r"(?:人民政府|党委政府|政府|党委|党委和政府|部门|单位|地区|财政部门|人民政府办公厅)?"
)

STRONG_ENDINGS = (
    "行政主管部门|主管部门|行政部门|监管部门|职能部门|管理部门|业务部门|成员单位|责任单位|牵头单位|主管单位|"
    "委员会|人民政府|政府办公室|办公厅|办公室|管委会|工委|党工委|街道办事处|办事处|部门|单位|机构|机关|组织|政府|党委|党组|协会|学会|"
    "联合会|公司|集团|总社|银行|支行|分行|银保监局|证监局|海关|总署|总局|法院|检察院|工会|团委|妇联|工商联|红十字会|基金会|研究院|研究所|科学院|工程院|"
    "社会保障部|医院|学校|高校|院校|企业|中心|指挥部|领导小组|联席会议|工作组|专班|兵团|平台公司|供电公司|"
    "纪委|监委|政法委|编办|发改委|国资委|卫健委|卫生健康委|发展改革委|住建委|农委|经信委|网信办|扶贫办|金融办|法制办|督查室|监察室|"
    "社区|街道|乡镇|各镇|市县|园区|开发区|试验区|示范区|高新区|学院|大学|督查组|检查组|专家组|试点城市"
)
WEAK_ENDINGS = "部委局厅署办院行处室科会所站队社馆台"
# What a one-character ending may not run on into: 委 of 委员会 or 委托, 部 of 部门, 部分, 部署 …
RUN_ON = {
    "部": "门分署件队落级位长省委",
    "委": "员托派任",
    "局": "部面限势长",
    "厅": "级长",
    "署": "名",
    "办": "公理法事结好学案医成校实证件税案",
    "院": "校士长系落",
    "行": "政为动业使人程驶列走贿",
    "处": "理置罚于在分长级室以",
    "室": "内外",
    "科": "技学研室普目协",
    "会": "议同计员商诊见展晤",
    "所": "有在属辖需得以谓涉指称",
    "站": "点位台",
    "队": "伍",
    "社": "会区保",
    "馆": "藏",
    "台": "账湾帐阶风",
}
_ENDING = re.compile(
    rf"(?:{STRONG_ENDINGS}|" + "|".join(f"{c}(?![{RUN_ON.get(c, '')}])" for c in WEAK_ENDINGS) + r")$"
)
_NOT_A_UNIT = re.compile(
    r"全部$|^(?:内|外|干|本|大|局|北|南|东|西|中|上|下|底|头|支)部$|程序|^(?:推进|加强|完善|强化|提高|建立|健全|开展|落实|推动|加快|加大|支持|鼓励|引导|实施|深化|优化|坚持|做好|组织|制定|促进|发挥|规范)"
    r"|以下|简称|^由|召开|会议$|大会$|[，。；：:！？《》]|社会$|机会$|协会会|学会了|不得|应当|必须"
)
_OPEN_NAME = re.compile(
    r"^(?:各(?!自贸)|有关|相关|其他|全市各|全省各|全县各|市直各|省直各|省直有关|市直有关|地方各级|各级|责任单位|成员单位|各有关)|(?:有关|相关)(?:部门|单位|方面|地区|处室|机关|省|市|县)|"
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
    return bool(_ENDING.search(name)) and not _NOT_A_UNIT.search(name)


_COLLECTIVE_WORD = re.compile(
    r"各地|各地区|各地方|各省份|各省|各市|各县|各区|各镇|各乡镇|各镇街|各街道|各市州|各市（州）|各部门|各单位|各处室|各有关方面|有关方面|各级|各方面|各旗县区|"
    r"各?(?:有关)?(?:省|市|县|区|镇|乡|旗|盟|州)(?:（[^（）]{1,12}）)(?:人民政府|政府|委|局|办|组织|部门)?"
)


def is_open(name: str) -> bool:
    """集合名称: 各地区, 有关部门 and the like: a bearer that names nobody in particular."""
    return bool(_OPEN_NAME.search(name))


_SEPARATOR = re.compile(r"[、，,；;]|\s{1,8}")
_ETC = re.compile(r"等\d{0,2}[一二三四五六七八九十]{0,3}(?:个)?(?:省级|市级|县级|市直|省直|中央)?(?:有关|相关|其他)?(?:部门|单位|处室|机构|方面|地区|地|成员单位|部门和单位|部门、单位|科室)?(?:和单位|及单位)?$")
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
    shield = set()
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
            if c == "及" and left.endswith("以"):
                left = left[:-1]
            if right.startswith("其"):
                continue
            # 财政和医保部门: two short names of fields that share one ending are two bearers as well.
            if looks_like_unit(right.rstrip("等")) and (looks_like_unit(left) or is_field(left)):
                return (left, *_split_joined(right))
    return (piece,)


FIELDS = frozenset(
    "财政 发展改革 发改 教育 科技 工业和信息化 经信 公安 民政 司法 司法行政 人力资源社会保障 人社 人力社保 自然资源 国土 国土资源 规划 生态环境 环保 住房城乡建设 住建 建设 交通 交通运输 "
    "水利 水务 农业 农业农村 林业 商务 文化 文化和旅游 旅游 文广 卫生 卫生健康 卫健 退役军人 应急 应急管理 审计 外事 国资 税务 市场监管 工商 质监 安监 安全生产监管 广电 体育 统计 "
    "医保 医疗保障 中医药 金融 银保监 证监 人民银行 海关 邮政 通信 电力 供电 供水 供气 气象 地震 消防 编制 机构编制 编办 宣传 网信 组织 统战 政法 综合执法 城管 粮食 物价 价格 知识产权 "
    "信访 扶贫 乡村振兴 残联 工会 共青团 妇联 民族宗教 民宗 电子政务 信息公开 公务员管理 编制管理 国家安全 药监 药品监管 食药监 法院 检察院 法制 监察 纪检监察 档案 保密 国管".split()
)  # fmt: skip


def is_field(name: str) -> bool:
    """条线名: a field of administration used as the short name of its department (财政, 医保)."""
    return name in FIELDS
