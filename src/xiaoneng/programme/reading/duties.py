"""行文任务: duty sentences of the running text that no clause has claimed."""

from __future__ import annotations

import re
from dataclasses import replace

from xiaoneng.programme.reading.assign import Assigned, brief
from xiaoneng.programme.reading.deadlines import choose
from xiaoneng.programme.reading.header import Header
from xiaoneng.programme.reading.outline import Outline, Passage
from xiaoneng.programme.reading.plan import Task
from xiaoneng.programme.reading.prose import DIVISION, GOAL, Duty, Rules, find_duties, headed_duty


def prose_tasks(whole: Outline, header: Header, *, assigned_elsewhere: bool) -> list[Assigned]:
    """行文任务: duty sentences outside the clauses."""
    law = sum(1 for p in whole.passages if p.mark is not None and p.mark.style == "article") >= 3
    drafts: list[Assigned] = []
    in_notes = False
    for passage in whole.passages:
        in_notes = (in_notes or bool(re.match(r"注(?:释)?[:：]?$|注[:：]", passage.text))) and not passage.heading
        if passage.claimed or passage.heading or in_notes or _is_foot(passage.text):
            continue
        headings = " ".join(passage.path)
        rules = Rules(
            weak="none" if law or GOAL.search(headings) else "offices" if assigned_elsewhere else "all",
            division=bool(DIVISION.search(passage.path[-1] if passage.path else "") or DIVISION.search(headings)),
            goal=bool(GOAL.search(headings)),
            issued_on=header.year_of,
        )
        if headed := headed_duty(passage.text, passage.title, rules):
            drafts.append(Assigned((passage.index, 100), _duty_task(headed, passage)))
            continue
        here: list[Assigned] = []
        for nth, duty in enumerate(find_duties(passage.text, rules)):
            if duty.refers_back and here:
                for earlier in here:
                    if not earlier.task.deadline or earlier is here[-1]:
                        earlier.task = _longer_duty(earlier.task, duty)
                continue
            here.append(Assigned((passage.index, 100 + nth), _duty_task(duty, passage)))
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
