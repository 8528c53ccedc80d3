"""条款任务: one task for every responsibility clause of the running text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from xiaoneng.programme.reading.clauses import (
    Assignment,
    Clause,
    find_clauses,
    role_of_label,
    stated_time,
    without_persons,
)
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
    whole.passages[:] = _label_lines(whole.passages)
    for passage in whole.passages:
        if passage.heading:
            pending = []
        clauses = find_clauses(passage.text, issued_on=header.year_of, first_leads=first_leads)
        adds = bool(clauses) and last_index == passage.index - 1 and not passage.text[: clauses[0].start].strip()
        if awaiting is not None and ((clauses and not adds) or passage.path[: len(awaiting_path)] != awaiting_path):
            awaiting = None
        if not clauses and not passage.heading and passage.text and not without_persons(passage.text):
            passage.claimed = True  # 责任领导：…: a person, and no words of the task
            last_index = passage.index if last_index == passage.index - 1 else last_index
            continue
        times = () if clauses else stated_time(passage.text, issued_on=header.year_of)
        # Words without a clause above the time are a task of their own, whose units come below the time.
        if times and drafts and not any(p.path == passage.path for p in pending):
            drafts[-1].task = _timed(drafts[-1].task, times)
            passage.claimed = True
            last_index = passage.index if last_index == passage.index - 1 else last_index
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
            early = [stated_time(e.text, issued_on=header.year_of) for e in before]
            clause = _with_times(clause, tuple(w for times in early for w in times))
            words = "\n".join([*(e.text for e, t in zip(before, early, strict=True) if not t), own]).strip()
            words = without_persons(words)
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


_BRACKETED_LABEL = re.compile(r"[【\[〔]([\u4e00-\u9fa5]{2,12})[】\]〕]\s{0,4}[:：]?\s{0,4}")
_DASHED_LABEL = re.compile(r"[—–-]{1,4}\s{0,4}(?=([\u4e00-\u9fa5]{2,12})\s{0,4}[:：])")
_LONE_LABEL = re.compile(r"([\u4e00-\u9fa5]{4,12})\s{0,4}[:：]?")
_OPEN_BRACKET = re.compile(r"[（(\[【〔]\s{0,4}([\u4e00-\u9fa5]{2,12})\s{0,4}[:：][^（）()\[\]【】〔〕]{1,200}$")
_BRACKET_LINES = 8


def _label_lines(passages: list[Passage]) -> list[Passage]:
    """标签行: label lines written one way (标签：内容), and what was broken over lines joined."""
    out: list[Passage] = []
    i = 0
    while i < len(passages):
        passage = passages[i]
        i += 1
        if not passage.heading:
            if passage.mark is None:
                passage.text = _plain_label(passage.text)
            while i < len(passages) and (joined := _joined(passage, passages[i : i + _BRACKET_LINES])):
                passage, taken = joined
                i += taken
        out.append(passage)
    return out


def _plain_label(text: str) -> str:
    """【责任单位】市教育局 and ——责任单位：市教育局 are both 责任单位：市教育局."""
    if (found := _BRACKETED_LABEL.match(text)) and role_of_label(found[1]) not in (None, "other"):
        return f"{found[1]}：{text[found.end() :]}"
    if (found := _DASHED_LABEL.match(text)) and role_of_label(found[1]) not in (None, "other"):
        return text[found.end() :]
    return text


def _joined(passage: Passage, following: list[Passage]) -> tuple[Passage, int] | None:
    """A passage with the lines that finish it, and how many they are; None where it stands finished."""
    if following[0].heading or following[0].mark is not None:
        return None
    found = _LONE_LABEL.fullmatch(passage.text) if passage.mark is None else None
    if found and role_of_label(found[1]) not in (None, "other") and len(following[0].text) <= 120:
        value = following[0].text
        if not _LONE_LABEL.fullmatch(value) or role_of_label(value) is None:
            return replace(passage, text=f"{found[1]}：{value}", index=following[0].index), 1
    opened = _OPEN_BRACKET.match(passage.text, max(0, *(passage.text.rfind(c) for c in "（([【〔")))
    if opened and role_of_label(opened[1]) is not None:
        lines = [passage.text]
        for n, line in enumerate(following, 1):
            if line.heading or line.mark is not None:
                return None
            lines.append(line.text)
            if re.search(r"[）)\]】〕][。；;]?$", line.text):
                return replace(passage, text="；".join(x.rstrip("；;，,") for x in lines), index=line.index), n
    return None


def _with_times(clause: Clause, times: tuple[When, ...]) -> Clause:
    """The time that stands above the units belongs to their task."""
    return replace(clause, assignment=replace(clause.assignment, times=times + clause.assignment.times))


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
