"""行文职责: duties laid on a named bearer in running text, without a clause that closes the paragraph.

A sentence is a task when it names a completion date, or lays a duty on a named bearer with 负责, 牵头, 承担 or
由…, or stands under a heading that divides the work. In a document that assigns work in prose only, a bearer
with 要, 应 or 须 counts as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from xiaoneng.programme.reading.deadlines import When, find_when
from xiaoneng.programme.reading.units import (
    RUN_ON,
    STRONG_ENDINGS,
    WEAK_ENDINGS,
    is_field,
    is_open,
    looks_like_unit,
    split_units,
)

DIVISION = re.compile(r"职责分工|部门职责|责任分工|任务分工|工作分工|分工负责|工作职责|部门分工|职责任务|职责划分")
GOAL = re.compile(r"目标|指标|总体要求|指导思想|总体思路|基本原则|重大意义|重要意义|工作思路")

_SENTENCE = re.compile(r"[^。！？\n]*(?:[。！？\n]|$)[”）)]?")
_PLACE = r"(?:省|市|县|区|镇|乡|旗|盟|州)"
_ASIDE = re.compile(r"[（(](?:以下|下同|即|下称|简称)[^（）()]{0,40}(?:[（(][^（）()]{1,8}[）)][^（）()]{0,30})*[）)]")
_COLLECTIVE = (
    rf"各(?:有关)?(?:地区|地方|地|省份|省|市州|市|县|区|乡镇|镇街|镇|街道|级|部门|单位|处室|方面)|"
    rf"(?:各|所在辖区|所在|辖区|有关|相关)?{_PLACE}[（(][^（）()]{{1,10}}[）)](?:组织|部门|政府|人民政府|局|委)?|地方|市县"
)
_WEAK = "|".join(f"{c}(?![{RUN_ON.get(c, '')}])" for c in WEAK_ENDINGS)
_ENDING = re.compile(rf"(?:{_COLLECTIVE}|{STRONG_ENDINGS}|{_WEAK})(?:和新疆生产建设兵团)?(?:[（(][^（）()]{{1,12}}[）)])?")
# What may follow a bearer: the predicate's first word. A name that runs on into anything else is not a bearer.
_PREDICATE = re.compile(
    r"要(?!求|素|点|闻)|应(?!用|收)|须|必须|需|将|负责|牵头|会同|于|在|按|根据|对(?!外)|把|从|与|通过|结合|参照|依|以(?!上|下)|每|可|不|均|都|也|还|先|再|原则上|为(?!主)|"
    r"及时|定期|积极|主动|抓紧|尽快|适时|统一|统筹|具体|组织|制[定订]|拟[定订]|起草|建立|完善|推行|印发|完成|开展|实施|监督|指导|督促|研究|落实|加强|做好|提出|报送|编制|出台|启动|推[进动荐广]|"
    r"强化|健全|发布|公布|承担|履行|配合|协助|协调|参与|参加|设立|明确|确定|安排|提供|支持|鼓励|引导|召开|审[核批查]|汇总|检查|考核|评估|验收|记录|查处|处[理罚]|受理|办理|管理|监[管测]|保障|维护|更新|"
    r"优[先化]|深化|拓展|扩大|提[高升]|增加|减少|给予|分别|共同|全[部面力]|切实|认真|严格|高度|充分|进一步|继续|坚持|牢固|突出|围绕|针对|利用|依[托法据]|采取|向|经(?!济|信|贸)|由|就|上[报传]|"
    r"填报|申报|下达|拨付|筹[措集]|列入|纳入|增设|开[设发]|打造|培[育训]|引[进入]|建成|建设|修[订改]|清理|梳理|公[开示]|通报|宣传|选[派聘]|遴选|命名|认定|批准|同意|登录|签订|执行|遵[守循]|贯彻|传达|学习|部署|汇报|"
    r"反馈|移[交送]|没收|抓好|抓|出具|派[出驻]|核[定发查]|调整|收集|整[理改合]|开[通工]|搭建|构建|形成|实现|达到|确保|争取|力争|探索|试点|改[革进造]|转[变发]|划[分转]|取[消得]|简化|压缩|缩短|公告|告知|分析|总结|报告|备案|"
    r"\d|[上下]?半年|今年|每年|年[底内]|本(?=着)|严[肃厉]|依照|立即|迅速|自|同步|逐[步级]|密切|强制|凭|是|有(?!关|限)|作为|主要|重点|具[有备]|直接|只"
)
_NAMED_BY_VERB = re.compile(
    r"(?:组织|宣传|统战|建设|监督|检查|审批|应急|督查|研究|保障|审计|管理|推荐|实施|考核|验收|编制|执法|调查|监[管测察]|公开|采购|设计|施工|使用|主管|主办|牵头|责任|指导|协调|编|办理|参与|申报|改革|转|分|直属|依法治)"
    r".{0,8}(?:部|局|室|单位|机构|组|院|部门|中心|小组|办|委|厅|企业|公司|处|会|园区|省|市|县)"
)
_LEAD_IN = re.compile(
    r"^(?:\s|同时|此外|另外|其中|原则上|今后|下一步|一是|二是|三是|四是|五是|六是|首先|其次|最后|特别是|要求|请|要|由|即|届时|必要时|据此|为此|[“”])*，?"
)
_NOT_A_NAME = re.compile(r"的|作为|用于|进行|成为|以及其|[“”《》]|第一次|全部$")
_MODAL = re.compile(r"^[^，。；]{0,28}?(?:要(?!求|素|点|闻)|应当|应(?!用|急|对|收|有|届)|须|必须|需(?!求)|务必)|^[^。；]{0,40}，(?:要(?!求)|应当|应(?!用|急|对)|须|必须)")
_STRONG_DUTY = re.compile(r"负责(?!人|同志|解释|的)|牵头(?!单位|部门|下)|负总责|承担(?!责任的|的|行政职能|公共|国家|急难)")
_BY = re.compile(r"由(?P<names>[^，。；由]{2,60}?)(?:负责(?!人|解释|的)|牵头|承担|负总责)")
_FORBIDS = re.compile(r"^[^，。；]{0,20}(?:不得|不予|不再|暂停|可以|可(?=[\u4e00-\u9fa5])|有权)")
_WITH = re.compile(r"(?:会同|联合|配合|协调组织|组织(?=有关部门|相关部门))(?P<names>[^，。；]{2,120})")
_REFERS_BACK = re.compile(r"(?:完成|做好)?(?:上述|以上)(?:各项)?(?:工作|任务)")


@dataclass(frozen=True, slots=True)
class Duty:
    """一项职责: one duty sentence."""

    text: str
    lead: tuple[str, ...]
    support: tuple[str, ...]
    joint: bool
    others: bool
    times: tuple[When, ...]
    refers_back: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """取舍: how much counts. `weak` admits 要 and 应; `dates_only` leaves only dated and plainly assigned duties."""

    weak: bool
    division: bool = False
    goal: bool = False
    issued_on: str = ""


def find_duties(text: str, rules: Rules) -> list[Duty]:
    """找职责 in one paragraph, in order."""
    duties: list[Duty] = []
    for sentence in _SENTENCE.findall(text):
        sentence = sentence.strip()
        if len(sentence) < 8:
            continue
        for piece in _split_bearers(sentence, rules):
            duty = _duty(piece, rules) or (_plain_act(piece) if rules.weak and duties and duties[-1].times else None)
            if duty is not None:
                duties.append(duty)
    return duties


def _plain_act(sentence: str) -> Duty | None:
    """Beside a dated duty, a sentence in which a particular office acts (教育部印发…) is a duty as well."""
    bearer = _prefix(_ASIDE.sub("", sentence))
    if bearer is None or is_open(bearer[0]) or not re.search(rf"[{WEAK_ENDINGS}]$|办公室$|总局$|委员会$", bearer[0]):
        return None
    names = split_units(bearer[0])
    return Duty(sentence, names.names, (), len(names.names) > 1, names.others, ())


def _split_bearers(sentence: str, rules: Rules) -> list[str]:
    """A sentence that lays duties on several bearers in turn, cut where the next bearer comes in."""
    cuts = [0]
    for found in re.finditer(r"[；;]|，" if rules.division or sentence.count("负责") > 1 else r"[；;]", sentence):
        at = found.end()
        bearer = _prefix(sentence[at : at + 200])
        if bearer is None or _first_bearer(sentence[cuts[-1] : found.start()]) is None:
            continue
        rest = sentence[at:][bearer[1] :]
        if found.group() in "；;" or _STRONG_DUTY.search(rest[:60]) or (rules.division and not _MODAL.match(rest) and re.match(r"[\u4e00-\u9fa5]{2}", rest)):
            cuts.append(at)
    return [sentence[a:b].strip() for a, b in zip(cuts, [*cuts[1:], len(sentence)], strict=True)]


def _duty(sentence: str, rules: Rules) -> Duty | None:
    times = tuple(find_when(sentence, rules.issued_on))
    dated = any(w.iso for w in times)
    plain = _ASIDE.sub("", sentence)
    names, rest = _first_bearer(plain) or ("", plain)
    by = _BY.search(plain)
    if by and (not names or len(names) > 60) and _parties(by["names"]):
        names, rest = by["names"], plain[by.start("names") + len(by["names"]) :]
    forbids = bool(names) and bool(_FORBIDS.match(rest))
    strong = bool(names) and bool(_STRONG_DUTY.search(rest)) and not forbids
    assigned = strong or (bool(names) and rules.division and not forbids and not rest.startswith(("可", "均")))
    weak = rules.weak and bool(names) and bool(_MODAL.match(rest)) and not forbids
    recurring = any(not w.iso and w.text.endswith(("前", "止")) for w in times) and bool(names)
    refers_back = bool(times) and bool(_REFERS_BACK.search(sentence))
    if not (assigned or weak or recurring or refers_back or (dated and (names or not rules.goal))):
        return None
    leads = split_units(names)
    together = _WITH.search(rest[:160])
    support, more = _supporting(together["names"]) if together else ((), False)
    return Duty(
        text=sentence,
        lead=leads.names,
        support=tuple(n for n in support if n not in leads.names),
        joint=len(leads.names) > 1 or "职责分工" in sentence,
        others=leads.others or more,
        times=times,
        refers_back=refers_back,
    )


def _first_bearer(sentence: str) -> tuple[str, str] | None:
    """The bearer that opens the sentence or one of its next segments, and the text after the name."""
    at = 0
    for _ in range(6):
        segment = sentence[at : at + 400]
        bearer = _prefix(segment)
        if bearer is not None:
            return bearer[0], segment[bearer[1] :]
        comma = sentence.find("，", at)
        if comma < 0:
            return None
        # "自行负责…的村（居）组织，应…": the bearer closes a descriptive segment.
        tail = sentence[at:comma].rsplit("的", 1)[-1]
        if 3 <= len(tail) <= 16 and looks_like_unit(tail) and "的" in sentence[at:comma] and re.match(r"，(?:应|要|须|必须)", sentence[comma:]):
            return tail, sentence[comma + 1 :]
        at = comma + 1
    return None


def _prefix(segment: str) -> tuple[str, int] | None:
    """Names at the head of a segment and the index after them."""
    start = 0
    for _ in range(3):
        moved = _LEAD_IN.sub("", segment[start:], count=1)
        start = len(segment) - len(moved)
        times = [w for w in find_when(segment[start : start + 40]) if w.start <= 1]
        if not times:
            break
        start = segment.find(times[0].text, start) + len(times[0].text)
        if segment[start : start + 1] == "，":
            start += 1
    for found in _ENDING.finditer(segment, start, start + 180):
        end = found.end()
        stop = segment[end : end + 1]
        goes_on = stop == "，" and _PREDICATE.match(segment, end + 1) and _MODAL.match(segment[end + 1 : end + 40])
        if goes_on or (stop and _PREDICATE.match(segment, end)):
            names = segment[start:end]
            return (names, end) if _parties(names) else None
        if stop in "，。；：":
            return None
    return None


def _parties(names: str) -> bool:
    parties = split_units(names).names
    good = sum(looks_like_unit(n) or is_field(n) or is_open(n) or bool(re.fullmatch(_COLLECTIVE, n)) for n in parties)
    return (
        bool(parties)
        and good >= 0.6 * len(parties)
        and not _NOT_A_NAME.search(names)
        and all(len(n) <= 30 and (not _PREDICATE.match(n) or bool(_NAMED_BY_VERB.match(n))) for n in parties)
    )


def _supporting(names: str) -> tuple[tuple[str, ...], bool]:
    bearer = _prefix(names)
    if bearer is None:
        return (), False
    split = split_units(bearer[0])
    return split.names, split.others
