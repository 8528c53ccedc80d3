"""条款任务: one task for every responsibility clause of the running text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from xiaoneng.programme.reading.clauses import Assignment, find_clauses, stated_time
from xiaoneng.programme.reading.deadlines import When, choose, find_when
from xiaoneng.programme.reading.header import Header
from xiaoneng.programme.reading.numbering import Mark, mark_at
from xiaoneng.programme.reading.outline import Outline, Passage
from xiaoneng.programme.reading.plan import Task
from xiaoneng.programme.reading.rows import unnumbered


@dataclass(slots=True)
class Assigned:
    """已分配的一段: a task with its place in the document and the headings it stands under.

    `title` is the run-in heading and `mark` the number of the paragraph that the clause closes.
    """

    place: tuple[int, int]
    task: Task
    path: tuple[str, ...] = ()
    title: str = ""
    mark: Mark | None = None


def clause_tasks(whole: Outline, header: Header, first_leads: bool) -> list[Assigned]:
    """条款任务: one task per responsibility clause; the text since the clause or heading before it."""
    drafts: list[Assigned] = []
    pending: list[Passage] = []
    awaiting: Assigned | None = None  # a heading that carries the clause for the text below it
    awaiting_path: tuple[str, ...] = ()
    last_index = -9  # of the paragraph whose clause came last
    for passage in whole.passages:
        if passage.heading:
            pending = []
        clauses = find_clauses(passage.text, issued_on=header.year_of, first_leads=first_leads)
        adds = bool(clauses) and last_index == passage.index - 1 and not passage.text[: clauses[0].start].strip()
        if awaiting is not None and ((clauses and not adds) or passage.path[: len(awaiting_path)] != awaiting_path):
            awaiting = None
        if not clauses and drafts and (times := stated_time(passage.text, issued_on=header.year_of)):
            drafts[-1].task = _timed(drafts[-1].task, times)
            passage.claimed = True
            continue
        if not clauses:
            if awaiting is not None and not passage.heading:
                awaiting.task = _longer(awaiting.task, passage.text, header)
                passage.claimed = True
            elif not passage.heading:
                pending.append(passage)
            continue
        text = passage.text
        start = 0
        heads = False
        for nth, clause in enumerate(clauses):
            own, mark = _unmarked(text[start : clause.start].strip(" —–★▲●■◆*"))
            heads = nth == 0 and not own and bool(passage.title)
            before = _taken_up(pending, passage, standalone=not own) if nth == 0 and not heads else []
            for earlier in before:
                earlier.claimed = True
            words = "\n".join([*(e.text for e in before), own]).strip()
            start = clause.end
            if not words:
                if drafts and not heads and (nth or last_index == passage.index - 1):
                    drafts[-1].task = _with_more(drafts[-1].task, clause.assignment)
                    continue
                # The clause stands in its heading or right below it: the text is still to come.
                words = passage.title or unnumbered(passage.path[-1] if passage.path else "")
                heads = True
            line = before[0].line if before else passage.line
            drafts.append(
                Assigned(
                    (passage.index, nth),
                    _task(words, passage.path, line, clause.assignment, header),
                    passage.path,
                    passage.title,
                    passage.mark if nth == 0 else mark,
                )
            )
        rest = text[start:].strip()
        last_index = passage.index
        passage.claimed = True
        pending = []
        if len(rest) >= 15:
            passage.text, passage.claimed, passage.title = rest, False, ""
        if heads and not rest and passage.path:
            awaiting, awaiting_path = drafts[-1], passage.path
    return drafts


def _unmarked(words: str) -> tuple[str, Mark | None]:
    """Words behind an earlier clause may begin with the number of the next item."""
    mark = mark_at(words)
    if mark is None or mark.style == "ordinal":
        return words, None
    return words[mark.end :].strip(), mark


def _taken_up(pending: list[Passage], passage: Passage, *, standalone: bool) -> list[Passage]:
    """The paragraphs without a clause of their own that the next clause covers."""
    if passage.item and not standalone:
        return []
    if standalone:
        return [
            p
            for p in pending
            if p.path[: max(1, len(passage.path) - 1)] == passage.path[: max(1, len(passage.path) - 1)]
        ]
    out: list[Passage] = []
    for earlier in reversed(pending):
        if earlier.path != passage.path:
            break
        out.insert(0, earlier)
        if earlier.item:
            break
    return out


def _task(words: str, path: tuple[str, ...], line: int, given: Assignment, header: Header) -> Task:
    deadline, deadline_text = choose([*find_when(words, header.year_of), *given.times])
    return Task(
        number=0,
        path=path,
        action="",
        measure="",
        measure_number=0,
        task=brief(words),
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


def brief(words: str) -> str:
    """任务名: the first clause of the wording, short enough for a list."""
    first = re.split(r"[。；\n]", words.strip(), maxsplit=1)[0]
    if len(first) > 60:
        first = first[:60].rsplit("，", 1)[0] if "，" in first[:60] else first[:60]
    return first.strip()


def _longer(task: Task, text: str, header: Header) -> Task:
    words = f"{task.text}\n{text}" if task.text else text
    deadline, deadline_text = choose(find_when(words, header.year_of))
    return replace(
        task, text=words, deadline=deadline or task.deadline, deadline_text=deadline_text or task.deadline_text
    )


def _timed(task: Task, times: tuple[When, ...]) -> Task:
    deadline, deadline_text = choose(times)
    texts = [t for t in (task.deadline_text, deadline_text) if t]
    return replace(task, deadline=deadline or task.deadline, deadline_text="；".join(dict.fromkeys(texts)))


def _with_more(task: Task, given: Assignment) -> Task:
    """A second clause right behind the first: （牵头单位：…）（配合单位：…）."""
    support = tuple(
        dict.fromkeys(task.support_units + tuple(n for n in given.lead + given.support if n not in task.lead_units))
    )
    lead = task.lead_units
    if not lead:
        lead, support = given.lead, tuple(dict.fromkeys(task.support_units + given.support))
    return replace(task, lead_units=lead, support_units=support, others=task.others or given.others)
