"""方案的其他部分: the leading group, the slogans, and the body's actions, measures and items."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xiaoneng.foundation.blocks import Paragraph
from xiaoneng.programme.reading.assign import Assigned
from xiaoneng.programme.reading.layout import Part
from xiaoneng.programme.reading.numbering import mark_at
from xiaoneng.programme.reading.outline import Outline
from xiaoneng.programme.reading.plan import Item, Measure, Member
from xiaoneng.programme.reading.rows import unnumbered

_ROLE = re.compile(
    r"(总?\s*召\s*集\s*人|副\s*召\s*集\s*人|第一组长|常务副组长|执行副组长|副\s*组\s*长|组\s*长|副\s*总\s*指\s*挥|总\s*指\s*挥|副\s*指\s*挥\s*长|指\s*挥\s*长|副\s*主\s*任|主\s*任|顾\s*问|成\s*员|秘\s*书\s*长|联\s*络\s*员)\s*[:：]\s*"
)
_PERSON = re.compile(
    r"([\u4e00-\u9fa5·]{2,4}|[\u4e00-\u9fa5]\s{1,4}[\u4e00-\u9fa5])(?:[（(]兼[）)])?[\s　]+(\S.{1,60})"
)


def leading_group(parts: Sequence[Part]) -> tuple[Member, ...]:
    """领导小组: 组长, 副组长, 成员 with names and posts, in order; a line without a role has the one above."""
    members: list[Member] = []
    role = ""
    for part in parts:
        text = part.text.strip() if isinstance(part, Paragraph) else ""
        found = _ROLE.match(text) if len(text) < 120 else None
        if found:
            role = re.sub(r"\s", "", found[1])
            text = text[found.end() :]
        if not role:
            continue
        person = _PERSON.fullmatch(text.strip())
        if person and not any(c in person[2] for c in "。；"):
            members.append(Member(role, re.sub(r"\s", "", person[1]), person[2].strip(), part.line))
        else:
            role = ""
    return tuple(members)


def slogans(parts: Sequence[Part]) -> tuple[str, ...]:
    """口号: the numbered lines under a heading that names slogans."""
    for i, part in enumerate(parts):
        text = part.text.strip() if isinstance(part, Paragraph) else ""
        if not (2 <= len(text) <= 40 and re.search(r"口号|标语", text)) or text[-1] in "。：:":
            continue
        found: list[str] = []
        for following in parts[i + 1 :]:
            line = following.text.strip() if isinstance(following, Paragraph) else ""
            mark = mark_at(line)
            if mark is None or mark.value != len(found) + 1 or len(line) > 80:
                break
            found.append(line[mark.end :].strip())
        if len(found) >= 2:
            return tuple(found)
    return ()


def measures(assigned: Sequence[Assigned], whole: Outline) -> tuple[Measure, ...]:
    """举措: the headings directly above the clauses, with the paragraphs that the clauses close as items.

    A run-in heading is the measure where more paragraphs stand under it, else it is the item's own heading.
    """
    scope: dict[tuple[str, ...], int] = {}
    for passage in whole.passages:
        for depth in range(1, len(passage.path) + 1):
            scope[passage.path[:depth]] = scope.get(passage.path[:depth], 0) + (not passage.heading)
    lines = {s.line: s for s in whole.sections}
    grouped: dict[tuple[str, ...], list[Item]] = {}
    for one in assigned:
        path = one.path
        own = path[-1] if one.title and path and scope.get(path, 0) <= 1 else ""
        above = path[:-1] if own else path
        if not above:
            continue
        text = one.task.text
        mark = one.mark or mark_at(text)
        units = one.task.units
        grouped.setdefault(above, []).append(
            Item(mark.written if mark else "", unnumbered(own), text, units, one.task.others, one.task.line)
        )
    found: list[Measure] = []
    for above, items in grouped.items():
        mark = mark_at(above[-1])
        line = next((s.line for s in lines.values() if s.title and above[-1].endswith(s.title)), items[0].line)
        action = unnumbered(above[-2]) if len(above) > 1 else ""
        found.append(Measure(mark.value if mark else 0, action, unnumbered(above[-1]), tuple(items), line))
    return tuple(found)
