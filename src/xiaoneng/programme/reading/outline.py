"""提纲: paragraphs with the headings above them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from xiaoneng.foundation.blocks import Paragraph, Table
from xiaoneng.programme.reading.layout import Part
from xiaoneng.programme.reading.numbering import Mark, mark_at
from xiaoneng.programme.reading.plan import Section
from xiaoneng.programme.reading.prose import opens_with_duty

ANNEX = re.compile(r"附\s*件\s*[\d一二三四五六七八九十]{0,3}\s*[:：]?")
ANNEX_LIST = re.compile(r"附\s*件\s*[:：]\s*(?:[1１一][.．﹒、]|$)|附\s*件\s*[:：]")
_RUN_IN = 42
# A heading that carries the clause for all that stands under it: 一、优化服务（牵头单位：…）
_ASSIGNED = re.compile(
    r"([^。；：:！？，（(【\[]{2,45})\s*([（(【\[](?=[^（）()]{0,80}(?:单位|部门|处室|牵头|负责))[^。]{4,300}[）)】\]])$"
)
_LABEL_NEXT = re.compile(r"(?:牵头|责任|负责|配合|参与|主办|承办|落实|实施)[\u4e00-\u9fa5]{0,6}[:：]")
# "更新管网。3月底前完成。": the sentence is the work itself, no heading.
_ONLY_TIME = re.compile(
    r"[^。；，]{0,14}(?:前|底|内|年|月)[^。；，]{0,4}(?:完成|办结|落实|实施)[。；]?\s*(?:[（(【\[]|责任|牵头|负责|$)"
)
_DATED = re.compile(r"\d月|年底")


@dataclass(slots=True)
class Passage:
    """段: running text under its headings. `path` ends with the passage's own run-in heading, if it has one.

    `item` is true where the passage opens a numbered item; `heading` where it is a heading and nothing else.
    """

    path: tuple[str, ...]
    text: str
    line: int
    index: int
    mark: Mark | None = None
    title: str = ""
    heading: bool = False
    claimed: bool = field(default=False, compare=False)

    @property
    def item(self) -> bool:
        return self.mark is not None


@dataclass(slots=True)
class Outline:
    passages: list[Passage]
    sections: list[Section]


def outline(parts: Sequence[Part], start: int = 0, without: frozenset[int] = frozenset()) -> Outline:
    """列提纲: every paragraph from `start` on but those at `without`.

    Headings are opened and closed by the rank of their numbers.
    """
    passages: list[Passage] = []
    sections: list[Section] = []
    stack: list[tuple[int, str]] = []

    def push(rank: int, written: str, number: str, title: str, line: int) -> None:
        while stack and stack[-1][0] >= rank:
            stack.pop()
        stack.append((rank, written))
        sections.append(Section(number, title, len(stack), line))

    listed = 0
    for i in range(start, len(parts)):
        part = parts[i]
        if isinstance(part, Table) or i in without:
            continue
        text = part.text.strip()
        if ANNEX.fullmatch(text):
            stack.clear()
            continue
        mark = mark_at(text)
        if listed and mark is not None and mark.value == listed + 1:
            listed += 1  # 附件：1.…, and 2.… on the next line: names of annexes, no headings
            continue
        listed = 1 if ANNEX_LIST.match(text) else 0
        if listed:
            continue
        if mark is not None and mark.style == "ordinal":
            mark = None
        if mark is None:
            if part.level and len(text) <= 60 and not text.endswith("。"):
                push(part.level - 10, text, "", text, part.line)
                passages.append(Passage(tuple(w for _, w in stack), text, part.line, i, heading=True, title=text))
                continue
            passages.append(Passage(tuple(w for _, w in stack), text, part.line, i))
            continue
        body = text[mark.end :].strip()
        title, rest = _run_in(body, _next_mark(parts, i), mark)
        if title:
            push(mark.rank, (text[: mark.end] + title).strip(), mark.written, title, part.line)
        else:
            while stack and stack[-1][0] >= mark.rank:
                stack.pop()
        path = tuple(w for _, w in stack)
        passages.append(
            Passage(path, rest if title else body, part.line, i, mark, title, heading=bool(title) and not rest)
        )
    return Outline(passages, sections)


def _next_mark(parts: Sequence[Part], i: int) -> Mark | Literal[False] | None:
    """The number of the next paragraph, None where it has none, False at a table or at the end."""
    if i + 1 >= len(parts) or not isinstance(following := parts[i + 1], Paragraph):
        return False
    if ANNEX.fullmatch(following.text.strip()):
        return False
    return mark_at(following.text.strip())


def _run_in(body: str, following: Mark | Literal[False] | None, mark: Mark) -> tuple[str, str]:
    """The heading at the beginning of a numbered paragraph and the text after it; ("", body) where there is none."""
    if mark.style == "article":
        return "", body
    if found := _ASSIGNED.match(body):
        return found[1].strip(), found[2]
    found = re.match(r"([^。：:；！？]{1,60})([。：:]|$)", body)
    if found is None:
        return "", body
    title, stop = found[1].strip(), found[2]
    if sum(title.count(c) for c in "（(【") > sum(title.count(c) for c in "）)】"):
        return "", body  # the stop stands inside a bracket
    rest = body[found.end() :].strip()
    if not rest:
        if stop == "。":
            opens = following is None or (isinstance(following, Mark) and following.rank > mark.rank)
            return (title, "") if opens and len(title) <= _RUN_IN else ("", body)
        return (
            (title, "")
            if stop == ""
            and len(title) <= 60
            and not re.search(r"[（(][^（）()]*(?:负责|单位|部门|牵头)[^（）()]*[）)]$", title)
            else ("", body)
        )
    if (
        len(title) > _RUN_IN
        or re.match(r"[（(\[【]", rest)
        or _LABEL_NEXT.match(rest)
        or (stop == "。" and (_DATED.search(title) or opens_with_duty(title)))
    ):
        return "", body
    if (stop in "：:" and len(title) > 20) or _ONLY_TIME.match(rest):
        return "", body
    return title, rest
