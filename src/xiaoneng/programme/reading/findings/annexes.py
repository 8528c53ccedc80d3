"""附件: announced and absent, present and unannounced, or announced under another title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from xiaoneng.programme.reading.findings.matching import similarity
from xiaoneng.programme.reading.findings.text import Line, finding
from xiaoneng.programme.reading.numbering import han_number, mark_at
from xiaoneng.programme.reading.plan import Finding

_NO = r"(?P<n>\d{1,2}|[一二三四五六七八九十]{1,3})"
_ANNOUNCED = re.compile(r"附\s*件\s*[:：]\s*(?P<rest>.+)")
_HEADING = re.compile(rf"附\s*件\s*{_NO}?\s*[:：]?\s*(?P<title>[^:：]{{0,60}})")
_REFERRED = re.compile(rf"(?:详?见|按照?|附)附件\s*{_NO}")
_OFFICE = re.compile(r"(?:部|厅|局|委|府|室|办|院|会|省|市|县|区)$")
_NOISE = re.compile(r"[\s“”\"《》（）()‘’'.。;；]|\.(?:docx?|xlsx?|pdf|wps)$")


@dataclass(frozen=True, slots=True)
class _Annex:
    number: int
    title: str
    line: Line
    text: str


def annex_findings(lines: tuple[Line, ...]) -> Iterator[Finding]:
    """附件核对. A file that holds none of its annexes is told once, for the first; the others came apart from it."""
    announced, end = _announced(lines)
    present = list(_present(lines, end))
    numbers = {a.number for a in present}
    if announced and not present:
        if not any(_titled(lines, annex) for annex in announced):
            first = announced[0]
            yield finding("annex-missing", "notice", first.line, first.text, "本文件中没有所列的附件。")
        return
    for annex in announced:
        if annex.number not in numbers and not _titled(lines, annex):
            message = f"列出了附件{annex.number}“{annex.title}”，文中没有这一附件。"
            yield finding("annex-missing", "warning", annex.line, annex.text, message)
    listed = {a.number: a for a in announced}
    for annex in present:
        if announced and annex.number not in listed:
            message = f"附件{annex.number}没有列入正文后的附件目录。"
            yield finding("annex-missing", "warning", annex.line, annex.text, message)
        elif annex.number in listed and annex.title:
            yield from _compare(listed[annex.number], annex, lines)
    for line in lines[:end]:
        for match in _REFERRED.finditer(line.text):
            number = _number(match["n"])
            if present and number not in numbers and number not in listed:
                yield finding("annex-missing", "warning", line, match.group(), f"文中没有附件{number}。")


def _number(text: str | None) -> int:
    return 1 if not text else int(text) if text.isdigit() else han_number(text)


def _announced(lines: tuple[Line, ...]) -> tuple[list[_Annex], int]:
    """The list after 附件：, and the index of the first line after it."""
    for index, line in enumerate(lines):
        match = _ANNOUNCED.match(line.text.strip())
        if match is None or line.cell:
            continue
        found: list[_Annex] = []
        rests = [(match["rest"], line), *((x.text.strip(), x) for x in lines[index + 1 : index + 40])]
        for rest, where in rests:
            mark = mark_at(rest)
            if mark is None or mark.style != "digit" or mark.value != len(found) + 1:
                if found or len(rest) > 80:
                    break
                return [_Annex(1, rest, where, rest)], index + 1
            pieces = re.split(r"(?<=[一-龥”）)》])\s*(?=\d{1,2}[.．﹒、][^\d])", rest)
            for piece in pieces:
                inner = mark_at(piece)
                title = piece[inner.end :] if inner else piece
                found.append(_Annex(len(found) + 1, title.strip(" 。;；"), where, title.strip(" 。;；")))
        return found, index + len({id(a.line) for a in found})
    return [], 0


def _present(lines: tuple[Line, ...], start: int) -> Iterator[_Annex]:
    for index, line in enumerate(lines[start:], start):
        text = line.text.strip()
        if line.cell or len(text) > 70 or not text.startswith("附"):
            continue
        match = _HEADING.fullmatch(text)
        if match is None or (match["title"] and re.search(r"[，。；]", match["title"])):
            continue
        title = match["title"].strip()
        where = line
        following = lines[index + 1] if index + 1 < len(lines) else None
        if not title and following is not None and not following.cell and len(following.text) < 60:
            title, where = following.text.strip(), following
        yield _Annex(_number(match["n"]), title, where if title else line, title or text)


def _bare(text: str) -> str:
    return _NOISE.sub("", text)


def _titled(lines: tuple[Line, ...], annex: _Annex) -> bool:
    """Whether some line is the annex's own title, perhaps its first half, though no 附件 stands above it."""
    wanted = _bare(annex.title)
    after = (_bare(line.text) for line in lines if line.number > annex.line.number and len(line.text) < 80)
    return any(len(own) > 5 and (own in wanted or wanted in own or similarity(own, wanted) > 0.8) for own in after)


def _compare(announced: _Annex, present: _Annex, lines: tuple[Line, ...]) -> Iterator[Finding]:
    one, two = _bare(announced.title), _bare(present.title)
    if one == two or not re.search(r"[一-龥]", two):
        return
    # A title may be broken over lines, or stand with the issuing office before it or a year behind it.
    place = lines.index(present.line)
    around = "".join(_bare(line.text) for line in lines[max(0, place - 2) : place + 4] if len(line.text) < 80)
    if one in around or (len(one) > 5 and one in two):
        return
    joined = two
    for line in (*lines[place + 1 : place + 3], None):
        if one.endswith(joined) and _OFFICE.search(one[: len(one) - len(joined)]):
            return
        joined += _bare(line.text) if line is not None else ""
    said = "不一致" if similarity(one, two) > 0.4 else "完全不同"
    message = f"附件{present.number}的标题与第{announced.line.number}行所列“{announced.title}”{said}。"
    yield finding("annex-title-mismatch", "warning", present.line, present.text, message, announced.title)
