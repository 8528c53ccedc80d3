"""表行: one row of a task table becomes one task, whether the table was real or flattened."""

from __future__ import annotations

import re
from collections.abc import Mapping

from xiaoneng.programme.reading.clauses import parse_assignment
from xiaoneng.programme.reading.deadlines import choose, find_when
from xiaoneng.programme.reading.numbering import mark_at
from xiaoneng.programme.reading.plan import Task
from xiaoneng.programme.reading.units import Names, split_units

# A person in brackets behind an office: "市教育局（李明）". A surname, so that "（市、区）" and "（能源局）" stay.
_PERSON = re.compile(
    "[（(][赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严金魏陶姜戚谢邹章苏潘葛范彭鲁韦马方俞任袁柳史唐费薛雷贺倪汤罗毕郝安常于傅康"
    "伍余顾孟黄穆萧尹姚邵汪毛狄戴宋庞熊纪舒屈项祝董梁杜阮蓝闵季贾江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万柯卢莫丁邓石崔龚程陆"
    "段侯武刘龙叶黎白赖乔谭曾关]"
    r"[\u4e00-\u9fff]{1,2}(?<![局委办处室部院区县市镇乡科所站会])[）)]"
)


def row_task(
    cells: Mapping[str, str], *, line: int, issued_on: str, first_leads: bool, path: tuple[str, ...] = ()
) -> Task:
    """行任务. `cells` maps a column's meaning to the text of its cell; missing columns are missing keys."""
    action, measure = cells.get("action", ""), cells.get("measure", "")
    task, steps, target = cells.get("task", ""), cells.get("steps", ""), cells.get("target", "")
    lead, support, joint, others = _parties(cells, first_leads)
    content = "\n".join(x for x in (task, steps, target) if x)
    limit = cells.get("deadline", "")
    times = find_when(limit, issued_on, column=True) if limit else find_when(content, issued_on)
    deadline, deadline_text = choose(times)
    return Task(
        number=0,
        path=(*path, *(x for x in (action, measure) if x)),
        action=unnumbered(action),
        measure=unnumbered(measure),
        measure_number=_measure_number(measure),
        task=task or unnumbered(measure) or unnumbered(action),
        steps=steps,
        target=target,
        text=content or measure or action,
        lead_units=lead,
        support_units=support,
        joint=joint,
        others=others,
        deadline=deadline,
        deadline_text=deadline_text or (limit if limit and limit not in ("/", "-", "—") else ""),
        line=line,
    )


def unnumbered(text: str) -> str:
    """去序号: a heading without the number before it."""
    mark = mark_at(text)
    return text[mark.end :].strip() if mark else text.strip()


def _measure_number(measure: str) -> int:
    mark = mark_at(measure)
    return mark.value if mark and mark.style in ("digit", "han", "han-paren", "digit-paren") else 0


def _parties(cells: Mapping[str, str], first_leads: bool) -> tuple[tuple[str, ...], tuple[str, ...], bool, bool]:
    leads, duties, supports = (cells.get(k, "") for k in ("lead", "duty", "support"))
    # A cell may speak in sentences itself: "市发改委牵头，市财政局配合".
    if duties and not leads and re.search(r"牵头|配合|负责|单位[:：]|参与", duties):
        spoken = parse_assignment(re.sub(r"\s*\n\s*", "；", duties), first_leads=first_leads)
        if spoken is not None:
            more = names_of(supports)
            return (
                spoken.lead,
                _union(spoken.support, more.names, spoken.lead),
                spoken.joint,
                spoken.others or more.others,
            )
    lead, duty, support = names_of(leads), names_of(duties), names_of(supports)
    others = lead.others or duty.others or support.others
    if lead.names:
        return lead.names, _union(duty.names, support.names, lead.names), len(lead.names) > 1, others
    if first_leads and len(duty.names) > 1:
        return duty.names[:1], _union(duty.names[1:], support.names, duty.names[:1]), False, others
    return duty.names, _union((), support.names, duty.names), len(duty.names) > 1, others


def _union(first: tuple[str, ...], second: tuple[str, ...], without: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(n for n in dict.fromkeys(first + second) if n not in without)


def names_of(cell: str) -> Names:
    """单元格里的单位: names one under another are names of their own, unless a line break cut one in two."""
    cell = _PERSON.sub("", cell).strip()
    if not cell or cell in ("/", "-", "—", "无"):
        return Names((), False)
    if "\n" in cell:
        from xiaoneng.programme.reading.units import looks_like_unit

        lines = [x.strip() for x in cell.split("\n") if x.strip()]
        whole = all(looks_like_unit(x.rstrip("、，；等 ").split("、")[-1]) for x in lines)
        cell = ("、" if whole else "").join(lines)
    return split_units(re.sub(r"、{2,}", "、", cell))
