"""读方案: a document becomes a plan."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from xiaoneng.foundation.blocks import Document, Paragraph
from xiaoneng.programme.reading.clauses import FIRST_LEADS, Assignment, Clause, find_clauses
from xiaoneng.programme.reading.deadlines import choose, find_when
from xiaoneng.programme.reading.header import Header, read_header
from xiaoneng.programme.reading.layout import lay_out
from xiaoneng.programme.reading.outline import Outline, Passage, outline
from xiaoneng.programme.reading.plan import Plan, Task
from xiaoneng.programme.reading.prose import DIVISION, GOAL, Duty, Rules, find_duties


@dataclass(slots=True)
class Draft:
    """任务草稿 with the place in the document that orders it."""

    place: tuple[int, int]
    task: Task


def read_plan(document: Document) -> Plan:
    """读方案: header, outline, tasks, targets, cadences and findings of one document."""
    layout = lay_out(document)
    header = read_header(layout, document)
    whole = outline(layout.parts, header.end)
    first_leads = any(isinstance(p, Paragraph) and FIRST_LEADS.search(p.text) for p in layout.parts)
    drafts = clause_tasks(whole, header, first_leads)
    drafts += prose_tasks(whole, header, weak=not drafts)
    drafts.sort(key=lambda d: d.place)
    tasks = tuple(replace(d.task, number=i) for i, d in enumerate(drafts, 1))
    return Plan(
        title=header.title,
        issuer=header.issuer,
        document_number=header.document_number,
        issued_on=header.issued_on,
        recipients=header.recipients,
        group=(),
        sections=tuple(whole.sections),
        measures=(),
        tasks=tasks,
    )


def clause_tasks(whole: Outline, header: Header, first_leads: bool) -> list[Draft]:
    """条款任务: one task per responsibility clause; the text since the clause or heading before it."""
    drafts: list[Draft] = []
    pending: list[Passage] = []
    awaiting: Draft | None = None  # a heading that carries the clause for the text below it
    awaiting_path: tuple[str, ...] = ()
    for passage in whole.passages:
        if passage.heading:
            pending = []
        clauses = find_clauses(_with_title(passage), issued_on=header.issued_on, first_leads=first_leads)
        if awaiting is not None and (clauses or passage.path[: len(awaiting_path)] != awaiting_path or (passage.mark and passage.mark.rank <= len(awaiting_path))):
            awaiting = None
        if not clauses:
            if awaiting is not None and not passage.heading:
                awaiting.task = _longer(awaiting.task, passage.text, header)
                passage.claimed = True
            elif not passage.heading:
                pending.append(passage)
            continue
        text = _with_title(passage)
        start = 0
        for nth, clause in enumerate(clauses):
            own = text[start : clause.start].strip()
            before = _taken_up(pending, passage, standalone=not own) if nth == 0 else []
            for earlier in before:
                earlier.claimed = True
            words = "\n".join([*(e.text for e in before), own]).strip()
            start = clause.end
            if not words:
                if nth and drafts:
                    drafts[-1].task = _with_more(drafts[-1].task, clause.assignment)
                    continue
                words = passage.path[-1] if passage.path else ""
            line = before[0].line if before else passage.line
            drafts.append(Draft((passage.index, nth), _task(words, passage.path, line, clause.assignment, header, before)))
        rest = text[start:].strip()
        passage.claimed = True
        pending = []
        if len(rest) >= 15:
            passage.text, passage.claimed, passage.title = rest, False, ""
        if len(clauses) == 1 and not rest and _is_heading_line(text[: clauses[0].start]):
            awaiting, awaiting_path = drafts[-1], passage.path
    return drafts


def _with_title(passage: Passage) -> str:
    return passage.text


def _is_heading_line(text: str) -> bool:
    text = text.strip()
    return 2 <= len(text) <= 45 and not any(c in text for c in "。；，！？：")


def _taken_up(pending: list[Passage], passage: Passage, *, standalone: bool) -> list[Passage]:
    """The paragraphs without a clause of their own that the next clause covers."""
    if passage.item and not standalone:
        return []
    if standalone:
        return [p for p in pending if p.path[: max(1, len(passage.path) - 1)] == passage.path[: max(1, len(passage.path) - 1)]]
    out: list[Passage] = []
    for earlier in reversed(pending):
        if earlier.path != passage.path:
            break
        out.insert(0, earlier)
        if earlier.item:
            break
    return out


def _task(
    words: str, path: tuple[str, ...], line: int, given: Assignment, header: Header, before: Iterable[Passage] = ()
) -> Task:
    deadline, deadline_text = choose([*find_when(words, header.issued_on), *given.times])
    return Task(
        number=0,
        path=path,
        action="",
        measure="",
        measure_number=0,
        task=brief(words, path),
        steps="",
        target="",
        text=words,
        lead_units=given.lead,
        support_units=given.support,
        joint=given.joint,
        others=given.others,
        deadline=deadline,
        deadline_text=deadline_text,
        line=line,
    )


def brief(words: str, path: tuple[str, ...] = ()) -> str:
    """任务名: the first clause of the wording, short enough for a list."""
    first = re.split(r"[。；\n]", words.strip(), maxsplit=1)[0]
    if len(first) > 60:
        first = first[:60].rsplit("，", 1)[0] if "，" in first[:60] else first[:60]
    return first.strip()


def _longer(task: Task, text: str, header: Header) -> Task:
    words = f"{task.text}\n{text}" if task.text else text
    deadline, deadline_text = choose(find_when(words, header.issued_on))
    return replace(task, text=words, deadline=deadline or task.deadline, deadline_text=deadline_text or task.deadline_text)


def _with_more(task: Task, given: Assignment) -> Task:
    """A second clause right behind the first: （牵头单位：…）（配合单位：…）."""
    support = tuple(dict.fromkeys(task.support_units + tuple(n for n in given.lead + given.support if n not in task.lead_units)))
    lead = task.lead_units
    if not lead:
        lead, support = given.lead, tuple(dict.fromkeys(task.support_units + given.support))
    return replace(task, lead_units=lead, support_units=support, others=task.others or given.others)


def prose_tasks(whole: Outline, header: Header, *, weak: bool) -> list[Draft]:
    """行文任务: duty sentences outside the clauses."""
    law = sum(1 for p in whole.passages if p.mark is not None and p.mark.style == "article") >= 3
    drafts: list[Draft] = []
    in_notes = False
    for passage in whole.passages:
        in_notes = (in_notes or bool(re.match(r"注(?:释)?[:：]?$|注[:：]", passage.text))) and not passage.heading
        if passage.claimed or passage.heading or in_notes or _is_foot(passage.text):
            continue
        headings = " ".join(passage.path)
        rules = Rules(
            weak=weak and not law and not GOAL.search(headings),
            division=bool(DIVISION.search(passage.path[-1] if passage.path else "") or DIVISION.search(headings)),
            goal=bool(GOAL.search(headings)),
            issued_on=header.issued_on,
        )
        here: list[Draft] = []
        for nth, duty in enumerate(find_duties(passage.text, rules)):
            if duty.refers_back and here:
                here[-1].task = _longer_duty(here[-1].task, duty)
                continue
            here.append(Draft((passage.index, 100 + nth), _duty_task(duty, passage)))
        drafts += here
    return drafts


def _is_foot(text: str) -> bool:
    return bool(re.match(r"(?:抄送|联系人|联系电话|附件|注)[:：]|注：|本(?:通知|意见|办法|方案|规定)自", text))


def _duty_task(duty: Duty, passage: Passage) -> Task:
    deadline, deadline_text = choose(duty.times)
    return Task(
        number=0,
        path=passage.path,
        action="",
        measure="",
        measure_number=0,
        task=brief(duty.text),
        steps="",
        target="",
        text=duty.text,
        lead_units=duty.lead,
        support_units=duty.support,
        joint=duty.joint,
        others=duty.others,
        deadline=deadline,
        deadline_text=deadline_text,
        line=passage.line,
    )


def _longer_duty(task: Task, duty: Duty) -> Task:
    deadline, deadline_text = choose(duty.times)
    texts = [t for t in (task.deadline_text, deadline_text) if t]
    return replace(task, text=task.text + duty.text, deadline=deadline or task.deadline, deadline_text="；".join(texts))


__all__ = ["Clause", "read_plan"]
