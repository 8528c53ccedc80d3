"""责任条款: the wording that closes a paragraph and says whose work it is.

"责任处室：…", "（财政部牵头，教育部配合）", "（负责部门：…，适用范围：…）", "由…牵头，…配合。"
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from xiaoneng.programme.reading.deadlines import When, find_when
from xiaoneng.programme.reading.units import is_field, is_open, looks_like_unit, split_units

Role = Literal["lead", "duty", "support", "deadline", "other"]

_LONGEST = 500
_OPENING, _CLOSING = "（([【〔", "）)]】〕"

_LABEL = re.compile(r"([\u4e00-\u9fa5、/和及]{2,12})(?:[（(][^（）()]{1,10}[）)])?\s{0,4}[:：]\s*")
_VERB = re.compile(
    r"牵头负责|负责牵头|牵头(?:组织|落实|推进|实施|抓总|会商|协调)?|主办|承办|抓总|总负责|负总责|"
    r"(?:根据|按照?|依)(?:各自)?(?:的)?(?:职责|职能|任务)?(?:和)?分工(?:分别|共同|协同|协作)?(?:负责|落实|推进|配合|参与|实施|组织实施|做好)?|(?:按|依)照?(?:各自)?职责(?:分别|共同)?(?:负责|落实|推进|配合|参与|实施)?|"
    r"分工(?:负责|落实|协作)|分别(?:负责|牵头)|共同(?:负责|牵头|推进|参与|落实)|具体负责|负责(?:组织)?(?:落实|实施|推进|指导|组织)?|组织实施|组织落实|"
    r"密切配合|积极配合|配合(?:做好|实施|推进|落实)?|参与|参加|协助|协同|协办|协作|支持|指导(?:落实|实施|推进)?|督促(?:落实|指导)?|监督(?:落实|指导)?|承担|落实|实施|推进|统筹"
)
_TOGETHER = re.compile(r"会同|联合|商(?=[^务业])")
_PARTY_VERB = re.compile(r"牵头|负责|配合|参与|参加|协助|指导|会同|主办|承办")
_LASTING = re.compile(
    r"^(?:并|全年|长期|常年|适时)?(?:持续|长期|常态化|适时|逐步)?(?:推进|实施|坚持|开展|完成|落实|推动)$|^(?:持续|长期)"
)
_DIVIDED = re.compile(r"分工|分别|共同|按(?:照)?(?:各自)?职责")
FIRST_LEADS = re.compile(
    r"(?:排|列)(?:在)?(?:第一|首|最前)(?:位|名)?(?:的)?(?:单位|部门|处室)?(?:的)?(?:为|是|即为)(?:牵头|主办|总)|(?:第一|首)(?:个|位|名|家)?(?:的)?(?:责任)?(?:单位|部门|处室)?(?:的)?(?:为|是|即为)牵头|"
    r"排名(?:第一|首位|最前)(?:位)?(?:的)?(?:责任)?(?:单位|部门|处室)?(?:为|是|即为)牵头"
)


@dataclass(frozen=True, slots=True)
class Assignment:
    """责任分配: what one clause says. `times` are the completion times written inside the clause."""

    lead: tuple[str, ...]
    support: tuple[str, ...]
    joint: bool
    others: bool
    times: tuple[When, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """责任条款 at text[start:end]."""

    start: int
    end: int
    assignment: Assignment


def role_of_label(label: str) -> Role | None:
    """标签含义: what the words before a colon announce; None where they announce no assignment."""
    if re.search(r"时限|时间|期限|时点|节点|进度|完成日期", label):
        return "deadline"
    if re.search(r"适用|范围|目标|标准|依据|联系|电话|措施|内容|任务|要求|成果|备注|责任人|负责人|领导|分管", label):
        return "other"
    if re.search(r"配合|协办|协助|参与|参加|协同|会办|支持", label):
        return "support" if not re.search(r"牵头|主办", label) else "duty"
    if re.search(r"牵头|主办|主责|总牵头", label):
        return "lead"
    if re.search(r"责任|负责|落实|承办|实施|主管|指导|督办|完成|承担", label) and re.search(
        r"单位|部门|处室|科室|机构|部室|主体|责任$|^责任|科$|部委|地区", label
    ):
        return "duty"
    return None


def stated_time(text: str, *, issued_on: str = "") -> tuple[When, ...]:
    """单列时限: a paragraph that states nothing but the completion time (完成时限：…)."""
    found = _LABEL.match(text)
    if found is None or role_of_label(found[1]) != "deadline" or len(text) > 60:
        return ()
    value = text[found.end() :].strip("。；; ")
    return tuple(find_when(value, issued_on, column=True)) or (When(value, "", 0),)


def find_clauses(text: str, *, issued_on: str = "", first_leads: bool = False) -> list[Clause]:
    """找责任条款 in one paragraph, in order. Linear in the length of the text."""
    found: list[Clause] = []
    for start, end in _brackets(text):
        if not _closes_sentence(text, start, end):
            continue
        assignment = parse_assignment(
            text[start + 1 : end - 1],
            issued_on=issued_on,
            first_leads=first_leads,
            bare=_at_end(text, end),
            enclosed=True,
        )
        if assignment is not None:
            stop = end + (text[end : end + 1] in "。；;" and bool(text[end : end + 1]))
            found.append(Clause(start, stop, assignment))
    taken = [(c.start, c.end) for c in found]
    for start, end in _open_clauses(text):
        if any(a < end and start < b for a, b in taken):
            continue
        assignment = parse_assignment(text[start:end], issued_on=issued_on, first_leads=first_leads)
        if assignment is not None and (assignment.lead or assignment.support):
            found.append(Clause(start, end, assignment))
    return sorted(found, key=lambda c: c.start)


def _brackets(text: str) -> list[tuple[int, int]]:
    """Outermost bracket pairs short enough to be a clause."""
    pairs: list[tuple[int, int]] = []
    starts: list[int] = []
    for i, c in enumerate(text):
        if c in _OPENING:
            starts.append(i)
        elif c in _CLOSING and starts:
            start = starts.pop()
            if not starts and 4 <= i + 1 - start <= _LONGEST:
                pairs.append((start, i + 1))
    if starts:  # a bracket never closed: forget it and read on after it
        at = starts[0] + 1
        if len(starts) < 50:
            pairs += [(a + at, b + at) for a, b in _brackets(text[at:])] if len(text) - at < 20_000 else []
    return pairs


def _closes_sentence(text: str, start: int, end: int) -> bool:
    before = text[:start].rstrip()[-1:]
    after = text[end : end + 1]
    return not before or not after or before in "。；;！？”" or after in "。；;"


def _at_end(text: str, end: int) -> bool:
    return not text[end:].strip("。；; ")


_SENTENCE_END = re.compile(r"[。！？\n]|$")
_BY = re.compile(
    r"(?:^|(?<=[。！？；;]))\s*(?:(?:此项|该项|上述|以上|本项|具体|有关|相关|这项)?(?:工作|任务|事项)?(?:由|请))"
)


def _open_clauses(text: str) -> list[tuple[int, int]]:
    """Clauses without brackets: a label after a sentence's end, or a sentence 由…牵头，…配合。"""
    spans: list[tuple[int, int]] = []
    reach = 0
    for found in _LABEL.finditer(text):
        if found.start() < reach:
            continue
        label_start = found.start()
        before = text[:label_start].rstrip()[-1:]
        if before and before not in "。；;！？）)” \n—–-★▲●■◆*":
            continue
        if role_of_label(found[1]) not in ("lead", "duty", "support") and not _LED_BY_PERSON.match(text, label_start):
            continue
        end = _end_of_sentence(text, found.end())
        while (more := _LABEL.match(text, end)) and role_of_label(more[1]) is not None:
            end = _end_of_sentence(text, more.end())
        spans.append((label_start, end))
        reach = end
    for found in _BY.finditer(text):
        if found.start() < reach:
            continue
        end = _end_of_sentence(text, found.end())
        sentence = text[found.start() : end].rstrip("。；; ")
        if len(sentence) <= 160 and re.search(r"(?:牵头|负责|配合|参与|实施|落实)(?:，[^，。]{0,24}完成)?$", sentence):
            spans.append((found.start(), end))
            reach = end
    return spans


_PERSON = r"[\u4e00-\u9fa5]{0,6}(?:领导|责任人|负责人|负责同志|联系人)\s{0,4}[:：]\s{0,4}[\u4e00-\u9fa5、 　]{2,30}?"
_PERSONS = re.compile(rf"(?:^|(?<=[。；;！？\n]))\s{{0,4}}{_PERSON}[。；;]?\s{{0,4}}(?:\n|$)")
# 牵头领导：王某；责任单位：…, or both on one line with a blank between them.
_LED_BY_PERSON = re.compile(
    rf"{_PERSON}[；;，,\s　]\s{{0,8}}(?:牵头|责任|主办|负责|承办)(?:责任)?(?:单位|部门|处室|科室)[:：]"
)


def without_persons(words: str) -> str:
    """责任领导: the persons named beside the units (责任领导：王某) are neither units nor words of the task."""
    return _PERSONS.sub("", words).strip()


def _end_of_sentence(text: str, at: int) -> int:
    found = _SENTENCE_END.search(text, at)
    return found.end() if found else len(text)


def parse_assignment(
    wording: str, *, issued_on: str = "", first_leads: bool = False, bare: bool = False, enclosed: bool = False
) -> Assignment | None:
    """读责任条款: None where the wording assigns no work.

    `bare` admits a list of names without any verb; `enclosed` trusts the names that 牵头, 负责 or 配合 closes.
    """
    if FIRST_LEADS.search(wording):
        wording, first_leads = _without_rule(wording), True
    wording = wording.strip().rstrip("。；;，, ")
    if not 2 <= len(wording) <= _LONGEST:
        return None
    labelled = _parse_labelled(wording, issued_on, first_leads, bare)
    if labelled is not None:
        return labelled
    wording = re.split(r"[。]", wording, maxsplit=1)[0]
    spoken = _parse_verbs(wording, issued_on, first_leads, enclosed)
    return spoken or (_parse_bare(wording, issued_on, first_leads) if bare else None)


def _without_rule(wording: str) -> str:
    """牵头规则: the words that say which unit leads (列在第一位的为牵头单位) assign nothing themselves."""
    kept: list[str] = []
    ruled = False
    for segment in re.split(r"(?<=[，,；;。（）()])", wording):
        # 列在第一位的为牵头单位，其余为配合单位: what is left over belongs to the rule.
        ruled = bool(FIRST_LEADS.search(segment)) or (ruled and bool(_THE_REST.match(segment)))
        if not ruled:
            kept.append(segment)
    return re.sub(r"[（(]\s*[）)]", "", "".join(kept)).rstrip("（(")


_THE_REST = re.compile(r"\s*(?:其余|其他|其它|后面|以后|下同)")
_LABEL_TAIL = re.compile(
    r"(?:牵头|责任|负责|配合|参与|主办|协办|承办|完成)(?:责任)?(?:单位|部门|处室|科室|时限|时间)?$"
)


def _labels(wording: str) -> list[tuple[Role, int, int]]:
    """Labels with their roles and extents. A label may run on from a name: 市发改委配合单位：."""
    out: list[tuple[Role, int, int]] = []
    for found in _LABEL.finditer(wording):
        start = found.start()
        label = found[1]
        free = start == 0 or wording[start - 1] in "；;，,。、 \n（("
        if (not free or role_of_label(label) is None) and (tail := _LABEL_TAIL.search(label)):
            start, label, free = start + tail.start(), tail.group(), True
        role = role_of_label(label)
        if free and role is not None:
            out.append((role, start, found.end()))
    return out


def _parse_labelled(wording: str, issued_on: str, first_leads: bool, bare: bool = False) -> Assignment | None:
    labels = _labels(wording)
    if not labels:
        return None
    unlabelled = split_units(wording[: labels[0][1]])
    # 市教育局，完成时限：6月底: with names before it, the time's label is enough.
    listed = bare and bool(unlabelled.names) and any(r == "deadline" for r, _, _ in labels)
    if not listed and not any(r in ("lead", "duty", "support") for r, _, _ in labels):
        return None
    if not all(looks_like_unit(n) for n in unlabelled.names):
        return None
    lead: list[str] = list(unlabelled.names)
    duty: list[str] = []
    support: list[str] = []
    others, joint = unlabelled.others, False
    times: list[When] = []
    for (role, _, start), end in zip(labels, [*[s for _, s, _ in labels[1:]], len(wording)], strict=True):
        value = wording[start:end].strip("；;，,。、 ")
        if role == "deadline":
            times += find_when(value, issued_on, column=True) or [When(value, "", 0)]
            continue
        if role == "other":
            continue
        spoken = _parse_verbs(value, issued_on, first_leads) if _VERB.search(value) else None
        if spoken is not None:
            lead += spoken.lead
            support += spoken.support
            others, joint = others or spoken.others, joint or spoken.joint
            continue
        value, when = _time_at_end(value, issued_on)
        times += when
        names = split_units(_VERB.sub("", value) if _DIVIDED.search(value) else value)
        others = others or names.others
        joint = joint or bool(_DIVIDED.search(value))
        {"lead": lead, "duty": duty, "support": support}[role].extend(names.names)
    if lead:
        support = duty + support
    elif first_leads and len(duty) > 1:
        lead, support = duty[:1], duty[1:] + support
    else:
        lead = duty
    if not lead and not support:
        return None
    return _assignment(lead, support, joint, others, times)


def _parse_verbs(wording: str, issued_on: str, first_leads: bool, enclosed: bool = False) -> Assignment | None:
    times = find_when(wording, issued_on)
    wording = _without_times(wording, times)
    wording = re.sub(
        r"^\s*(?:(?:此项|该项|上述|以上|本项|具体|有关|相关|这项)?(?:工作|任务|事项)?(?:由|请))", "", wording
    ).strip("，,；; ")
    lead: list[str] = []
    duty: list[str] = []
    support: list[str] = []
    joint = bool(_DIVIDED.search(wording))
    others = False
    at = 0
    doubtful = total = 0
    trusted = enclosed
    for found in _VERB.finditer(wording):
        if found.start() < at:
            continue
        spoken = re.sub(r"^(?:由|请)|(?:等)?(?:分别|共同|要|应)$", "", wording[at : found.start()].strip("，,；;、 "))
        tail = wording[found.end() : found.end() + 1]
        if (
            tail
            and tail not in "，,；;、。 "
            and not _VERB.match(wording, found.end())
            and not _TOGETHER.match(wording, found.end())
        ):
            continue  # the verb goes on: 参与 of 参与单位, 支持 of a name
        at = found.end()
        if not spoken:
            continue
        pieces = _TOGETHER.split(spoken)
        for i, piece in enumerate(pieces):
            names = split_units(piece)
            others = others or names.others
            total += len(names.names)
            unknown = [n for n in names.names if not _may_be_party(n)]
            doubtful += len(unknown)
            trusted = trusted and all(_short_name(n) for n in unknown)
            trusted = trusted and (not unknown or bool(_CLOSES_LIST.search(found.group())))
            side = support if i else _side(found.group(), lead, duty, support)
            if side is support and not i and "，" in piece and not lead and not duty:
                first, piece = piece.rsplit("，", 1)  # 财政局、教育局，审计局配合
                duty += split_units(first).names
                side += split_units(piece).names
            else:
                side += names.names
    rest = wording[at:].strip("，,；;、 ")
    if not total or (doubtful > 0.34 * total and not trusted) or len(rest) > 8:
        return None
    if lead:
        support = duty + support
    elif first_leads and len(duty) > 1 and not joint:
        lead, support = duty[:1], duty[1:] + support
    else:
        lead = duty
    if not lead:
        lead, support = support, []
    return _assignment(lead, support, joint, others, times)


_CLOSES_LIST = re.compile(r"牵头|负责|配合|主办|协办")
# Words of a slogan (政府主导、部门负责), a person, or a sentence: nothing that a list of offices would hold.
_NO_NAME = re.compile(
    r"[谁的了是将要应可我你他其此这那\d，。；：:“”]|(?:主导|引导|领导|主体|自愿|运作|监督|参与|到位|落实|统筹|管理|兜底|同责|"
    r"同志|局长|市长|县长|区长|主任|书记|处长|科长|厅长|部长|人员|专人|人)$"
)


def _short_name(name: str) -> bool:
    """短名: what may stand for an office in a list although its ending is unknown (移动, 人行某市中支)."""
    return 2 <= len(name) <= 16 and not _NO_NAME.search(name)


def _without_times(wording: str, times: list[When]) -> str:
    """The parties alone: segments that say when (6月底前出台办法，持续推进) go, times inside a party's segment too."""
    kept: list[str] = []
    for segment in re.split(r"(?<=[，,；;])", wording):
        dated = [w.text for w in times if w.text in segment]
        for text in dated:
            segment = segment.replace(text, "", 1)
        said = segment.strip("，,；; ")
        if not _PARTY_VERB.search(said) and (_LASTING.match(said) or (dated and not looks_like_unit(said))):
            continue
        kept.append(segment)
    return "".join(kept)


def _side(verb: str, lead: list[str], duty: list[str], support: list[str]) -> list[str]:
    if re.search(r"牵头|主办|抓总", verb):
        return lead
    if re.search(r"配合|参与|参加|协助|协同|协办|协作|支持", verb) and "分工负责" not in verb:
        return support
    return duty


def _may_be_party(name: str) -> bool:
    return (
        looks_like_unit(name)
        or is_field(name)
        or is_open(name)
        or (len(name) <= 12 and name[-1:] in "省市县区州盟旗镇乡")
    )


def _parse_bare(wording: str, issued_on: str, first_leads: bool) -> Assignment | None:
    if "：" in wording or ":" in wording or len(wording) > 200:
        return None
    wording, times = _time_at_end(wording, issued_on)
    names = split_units(wording)
    marked = [n for n in names.names if _LEADS.search(n)]
    plain = [_LEADS.sub("", n) for n in names.names]
    if not plain or not all(looks_like_unit(n) for n in plain):
        return None
    if marked:  # 市教育局（牵头）、市财政局
        rest = [n for n in names.names if n not in marked]
        return _assignment([_LEADS.sub("", n) for n in marked], rest, False, names.others, times)
    if first_leads and len(names.names) > 1:
        return _assignment([names.names[0]], list(names.names[1:]), False, names.others, times)
    return _assignment(list(names.names), [], False, names.others, times)


_LEADS = re.compile(r"[（(](?:牵头|主办)(?:单位|部门)?[）)]$")
_LAST_SEGMENT = re.compile(r"[，,；;、\s]\s{0,4}([^，,；;、\s（）()]{2,30})$")


def _time_at_end(wording: str, issued_on: str) -> tuple[str, list[When]]:
    """末尾时限: a list of names may close with nothing but the time: 市教育局，2021年12月底前完成."""
    found = _LAST_SEGMENT.search(wording, max(0, len(wording) - 40))
    if found is None:
        return wording, []
    if _LASTING.match(found[1]) and not looks_like_unit(found[1]):
        return wording[: found.start()], []  # 市教育局，持续推进
    times = find_when(found[1], issued_on, column=True)
    left = found[1]
    for when in times:
        left = left.replace(when.text, "", 1)
    if not times or not re.fullmatch(r"(?:以?前)?(?:完成|办结|落实|落实到位)?", left):
        return wording, []
    return wording[: found.start()], times


def _assignment(lead: list[str], support: list[str], joint: bool, others: bool, times: list[When]) -> Assignment:
    leads = tuple(dict.fromkeys(lead))
    supports = tuple(n for n in dict.fromkeys(support) if n not in leads)
    return Assignment(leads, supports, joint or len(leads) > 1, others, tuple(times))
