"""行文职责: duties laid on a named bearer in running text, without a clause that closes the paragraph.

A sentence is a task when it names a completion date, or lays a duty on a named bearer with 负责, 牵头, 承担 or
由…, or stands under a heading that divides the work. In a document that assigns work in prose only, a bearer
with 要, 应 or 须 counts as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from xiaoneng.programme.reading.clauses import FIRST_LEADS
from xiaoneng.programme.reading.deadlines import When, find_when
from xiaoneng.programme.reading.lexicon import PREDICATES, RUN_ON, STRONG_ENDINGS, WEAK_ENDINGS
from xiaoneng.programme.reading.units import is_field, is_open, looks_like_unit, split_units

DIVISION = re.compile(r"职责分工|部门职责|责任分工|任务分工|工作分工|分工负责|工作职责|部门分工|职责任务|职责划分")
GOAL = re.compile(r"目标|指标|总体要求|指导思想|总体思路|基本原则|重大意义|重要意义|工作思路")

_SENTENCE = re.compile(r"[^。！？\n]*(?:[。！？\n]|$)[”）)]?")
# A bracket is an aside or a clause, and never a sentence of its own; what opens inside it stays inside.
_ALL_BRACKET = re.compile(r"[（(\[【〔](?![一二三四五六七八九十\d]{1,3}[）)])[^。！？]{2,500}[）)\]】〕][。；;]?")
_PLACE = r"(?:省|市|县|区|镇|乡|旗|盟|州)"
_ASIDE = re.compile(r"[（(](?:以下|下同|即|下称|简称)[^（）()]{0,40}(?:[（(][^（）()]{1,8}[）)][^（）()]{0,30})*[）)]")
_COLLECTIVE = (
    rf"各(?:有关)?(?:地区|地方|地|省份|省|市州|市|县|区|乡镇|镇街|镇|街道|级(?=要|应|须)|部门|单位|处室|方面)|"
    rf"(?:各|所在辖区|所在|辖区|有关|相关)?{_PLACE}[（(][^（）()]{{1,10}}[）)](?:组织|部门|政府|人民政府|局|委)?|地方|市县"
)
_WEAK = "|".join(f"{c}(?!{RUN_ON[c]})" for c in WEAK_ENDINGS)
_ENDING = re.compile(
    rf"(?:{_COLLECTIVE}|{STRONG_ENDINGS}|{_WEAK})(?:和新疆生产建设兵团)?(?:[（(][^（）()]{{1,12}}[）)])?"
)
# What may follow a bearer: the predicate's first word. A name that runs on into anything else is not a bearer.
_PREDICATE = re.compile(PREDICATES)
_NAMED_BY_VERB = re.compile(
    r"(?:试点.{0,4}(?:城市|地区|单位|省|市|县)|试点)(?:政府|人民政府)?|(?:组织|宣传|统战|建设|监督|检查|审批|应急|督查|研究|保障|审计|管理|推荐|实施|考核|验收|编制|执法|调查|监[管测察]|公开|采购|设计|施工|使用|主管|主办|牵头|责任|指导|协调|编|办理|参与|申报|改革|转|分|直属|依法治)"
    r".{0,8}(?:部|局|室|单位|机构|组|院|部门|中心|小组|办|委|厅|企业|公司|处|会|园区|省|市|县)"
)
_LEAD_IN = re.compile(
    r"^(?:\s|目前|因此|为此|[\u4e00-\u9fa5]{2,6}期间|同时|此外|另外|其中|原则上|今后|下一步|一是|二是|三是|四是|五是|六是|首先|其次|最后|特别是|要求|请|要|由|即|届时|必要时|据此|为此|[“”])*，?"
)
# 党委宣传部门: the verb is the name's next word.
_RUNS_ON = re.compile(
    r"(?:宣传|组织|统战|政法|审计|执法|管理|监督|研究|检查|督查|审批|服务)(?:部|机关|局|室|组|机构|委|处|中心|单位)"
)
_VERB_START = re.compile(
    r"厚植|带动|扶持|壮大|招引|配备|发现|涉及|面向|服务(?!中心|局|处|办|管理)|发展(?!改革|和|局|委|规划|研究)|报(?!社|业)|请|其(?!他)|使|让|被|并|而|且|如|若|凡|未|无|已|更|最|此|这|那|因"
)
_REST_OF_THEM = re.compile(r"(?:以及|和|及|、)其他[^，。、]{1,16}的(?=单位|部门|机构|企业|组织)")
_NOT_A_NAME = re.compile(r"的|是|(?<!自)由|向|^一|大批|若干|各项|作为|用于|进行|成为|以及其|[“”《》]|第一次|全部$")
_MODAL = re.compile(
    r"^[^，。；]{0,28}?(?:(?<![重主需必摘纪概紧只])要(?!求|素|点|闻)|应当|应(?!用|急|收|有|届|对(?![^。；]{1,40}?(?:进行|加强|予以|负责|实施|开展)))|须|必须|需(?!求)|务必)|^[^。；]{0,40}，(?:要(?!求)|应当|应(?!用|急|对)|须|必须)"
)
_STRONG_DUTY = re.compile(
    r"负责(?!人|同志|解释|的)|牵头(?!单位|部门|下)|负总责|承担(?!责任的|的|行政职能|公共|国家|急难|[^，。；]{0,12}(?:赔偿|法律|相应|连带|民事|刑事|行政|违约)责任)"
)
_BY = re.compile(
    r"(?<!自)由(?P<names>(?:[^，。；由]|(?<=自)由){2,60}?)(?:负责(?!人|解释|的)|牵头|承担|负总责|(?:具体|统一|统筹)?组织实施|统筹(?:安排|实施|推进))"
)
_CARRIED_OUT = re.compile(r"(?:具体|统一|统筹)?组织实施(?=[，。；]|$)")
# 与市财政局建立联动机制: who is party to the mechanism helps to build it.
_JOINTLY_BUILT = re.compile(
    r"^(?:要|应当?|须|负责|牵头|主动|积极|需|及时)?(?:与|和|同)(?P<names>[^，。；]{2,80}?)(?:共同|联合)?(?:建立|完善|健全|构建|形成|签订)(?=[^，。；]{0,40}(?:机制|制度|平台|协议|体系))"
)
_FORBIDS = re.compile(r"^[^，。；]{0,20}(?:不得|不予|不再|暂停|可以|可(?=[\u4e00-\u9fa5])|有权)")
_WITH = re.compile(r"(?:会同|联合|配合|协调组织|组织(?=有关部门|相关部门))(?P<names>[^，。；]{2,160})")
_NOTICE = re.compile(
    r"现(?:将|予)?[^。]{0,60}(?:印发|转发|通报|公布)(?:给你们|如下|$)|(?:印发|转发)给你们|有关事项通知如下|本(?:通知|办法|意见|方案|细则|规定)(?:自|由)"
)
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
    """取舍: how much counts. `weak`: whether a bearer with 要 or 应 is enough, for no bearer, for particular
    offices only, or for every bearer; `division`, `goal`: what the headings above say."""

    weak: Literal["none", "offices", "all"]
    division: bool = False
    goal: bool = False
    issued_on: str = ""


def find_duties(text: str, rules: Rules) -> list[Duty]:
    """找职责 in one paragraph, in order."""
    duties: list[Duty] = []
    for sentence in _SENTENCE.findall(text):
        sentence = sentence.strip()
        if len(sentence) < 8 or _NOTICE.search(sentence) or _ALL_BRACKET.fullmatch(sentence):
            continue
        if FIRST_LEADS.search(sentence):  # the rule for reading the lists of units
            continue
        for piece in _split_bearers(sentence, rules):
            duty = _duty(piece, rules) or (
                _plain_act(piece) if rules.weak == "all" and duties and duties[-1].times else None
            )
            if duty is not None:
                duties.append(duty)
    return duties


_HEADED = re.compile(r"\s*([^。；：:\n]{2,80}?)\s*[：:]\s*(?=\S{4})")


def headed_duty(text: str, title: str = "", rules: Rules | None = None) -> Duty | None:
    """条目职责: an item headed by its bearer: "市教育局：负责…", or the bearer as run-in heading."""
    if title:
        names, rest = title, text
    else:
        found = _HEADED.match(text)
        if found is None:
            return None
        names, rest = found[1], text[found.end() :]
    if not _parties(names) or not all(looks_like_unit(n) or is_field(n) for n in split_units(names).names):
        return None
    if not (_STRONG_DUTY.search(rest) or _PREDICATE.match(rest)):
        return None
    party = split_units(names)
    times = tuple(find_when(rest, rules.issued_on if rules else ""))
    whole = f"{title}：{text}" if title else text
    return Duty(whole, party.names, (), len(party.names) > 1, party.others, times)


def _is_office(names: str) -> bool:
    """A particular office, and not 各地 or 三级公立医院."""
    return not is_open(names) and bool(
        re.search(rf"[{WEAK_ENDINGS}]$|办公室$|办公厅$|总局$|委员会$|等(?:有关)?部门$", names)
    )


def _plain_act(sentence: str) -> Duty | None:
    """Beside a dated duty, a sentence in which a particular office acts (教育部印发…) is a duty as well."""
    bearer = _prefix(_ASIDE.sub("", sentence))
    if bearer is None or not _is_office(bearer[0]):
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
        if _STRONG_DUTY.search(rest[:60]) or (
            rules.division and not _MODAL.match(rest) and re.match(r"[\u4e00-\u9fa5]{2}", rest)
        ):
            cuts.append(at)
    return [sentence[a:b].strip() for a, b in zip(cuts, [*cuts[1:], len(sentence)], strict=True)]


def _duty(sentence: str, rules: Rules) -> Duty | None:
    times = tuple(find_when(sentence, rules.issued_on))
    dated = any(w.iso for w in times)
    plain = _REST_OF_THEM.sub("、其他", _ASIDE.sub("", sentence))
    names, rest = _first_bearer(plain) or ("", plain)
    asked = _asked(plain)
    if asked:
        names, rest = asked
    by = _BY.search(plain)
    if by and (not names or len(names) > 60) and _parties(by["names"]):
        names, rest = by["names"], plain[by.start("names") + len(by["names"]) :]
    forbids = bool(names) and bool(_FORBIDS.match(rest))
    strong = bool(names) and bool(_STRONG_DUTY.search(rest)) and not forbids
    assigned = (
        strong
        or bool(asked)
        or (bool(names) and bool(_CARRIED_OUT.match(rest)))
        or (bool(names) and rules.division and not forbids and not rest.startswith(("可", "均", "是")))
    )
    admitted = rules.weak == "all" or (rules.weak == "offices" and _is_office(names))
    weak = admitted and not plain.startswith("要") and bool(names) and bool(_MODAL.match(rest)) and not forbids
    acts_together = bool(names) and _is_office(names) and rest.startswith("会同")
    recurring = any(not w.iso and w.text.endswith(("前", "止")) for w in times) and bool(names)
    refers_back = bool(times) and bool(_REFERS_BACK.search(sentence))
    if not (assigned or weak or acts_together or recurring or refers_back or (dated and (names or not rules.goal))):
        return None
    leads = split_units(names)
    together = _WITH.search(rest[:160])
    support, more = _supporting(together["names"]) if together else ((), False)
    built = _JOINTLY_BUILT.match(rest)
    if not together and built and _parties(built["names"]):
        partners = split_units(built["names"])
        support, more = partners.names, partners.others
    return Duty(
        text=sentence,
        lead=leads.names,
        support=tuple(n for n in support if n not in leads.names),
        joint=len(leads.names) > 1 or "职责分工" in sentence,
        others=leads.others or more,
        times=times,
        refers_back=refers_back,
    )


def opens_with_duty(sentence: str) -> bool:
    """Whether a sentence lays a duty on its subject, so that it is no heading (各区政府要…)."""
    bearer = _prefix(sentence)
    rest = sentence[bearer[1] :] if bearer else ""
    return bool(bearer) and bool(_MODAL.match(rest) or _STRONG_DUTY.match(rest) or rest.startswith("会同"))


def _asked(sentence: str) -> tuple[str, str] | None:
    """请财政部…: the office that the document asks to act."""
    for found in re.finditer(r"(?:^|[，；])请(?!示)", sentence):
        bearer = _prefix(sentence[found.end() : found.end() + 300])
        if bearer is not None:
            return bearer[0], sentence[found.end() + bearer[1] :]
    return None


def _first_bearer(sentence: str) -> tuple[str, str] | None:
    """The bearer that opens the sentence or one of its next segments, and the text after the name."""
    at = 0
    conditional: tuple[str, str] | None = None
    for _ in range(6):
        segment = sentence[at : at + 400]
        bearer = _prefix(segment)
        comma = sentence.find("，", at)
        if bearer is not None:
            found = bearer[0], segment[bearer[1] :]
            if comma < 0 or sentence[comma - 1] != "的":
                return found if conditional is None or _MODAL.match(found[1]) else conditional
            conditional = conditional or found  # 设计单位参与造假的，…: who acts comes after
        if comma < 0:
            return conditional
        # "自行负责…的村（居）组织，应…": the bearer closes a descriptive segment.
        tail = sentence[at:comma].rsplit("的", 1)[-1]
        if (
            3 <= len(tail) <= 16
            and looks_like_unit(tail)
            and "的" in sentence[at:comma]
            and re.match(r"，(?:应|要|须|必须)", sentence[comma:])
        ):
            return tail, sentence[comma + 1 :]
        at = comma + 1
    return conditional


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
    if (_PREDICATE.match(segment, start) or _VERB_START.match(segment, start)) and not _NAMED_BY_VERB.match(
        segment, start
    ):
        return None
    for found in _ENDING.finditer(segment, start, start + 180):
        end = found.end()
        stop = segment[end : end + 1]
        goes_on = stop == "，" and _PREDICATE.match(segment, end + 1) and _MODAL.match(segment[end + 1 : end + 40])
        if _RUNS_ON.match(segment, end):
            continue
        if goes_on or (stop and _PREDICATE.match(segment, end)):
            names = segment[start:end]
            if _parties(names):
                return names, end
        if stop in "，。；：":
            return None
    return None


def _parties(names: str) -> bool:
    parties = split_units(names).names
    good = [looks_like_unit(n) or is_field(n) or is_open(n) or bool(re.fullmatch(_COLLECTIVE, n)) for n in parties]
    return (
        bool(parties)
        and not names.startswith(("（", "(", "[", "【", "〔"))
        and good[-1]
        and sum(good) >= (0.6 if "，" not in names else 1.0) * len(parties)
        and not _NOT_A_NAME.search(names)
        and all(len(n) <= 30 and (not _PREDICATE.match(n) or bool(_NAMED_BY_VERB.match(n))) for n in parties)
    )


def _supporting(names: str) -> tuple[tuple[str, ...], bool]:
    """The parties after 会同: up to the predicate, or up to the next comma where nothing else follows."""
    for found in _ENDING.finditer(names, 0, 180):
        stop = names[found.end() : found.end() + 1]
        if (stop in "，。；" or _PREDICATE.match(names, found.end())) and _parties(names[: found.end()]):
            split = split_units(names[: found.end()])
            return split.names, split.others
    return (), False
