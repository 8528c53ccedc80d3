"""文头: title, issuing office, number, date and recipients, as the document itself states them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xiaoneng.foundation.blocks import Document, Paragraph, Table
from xiaoneng.programme.reading.deadlines import DATE_LINE, parse_date
from xiaoneng.programme.reading.layout import Layout, Part
from xiaoneng.programme.reading.numbering import mark_at
from xiaoneng.programme.reading.units import looks_like_unit, split_units

NUMBER = re.compile(
    r"[（(]?([\u4e00-\u9fa5]{1,12}[〔﹝\[（(【［]\s?\d{4}\s?[〕﹞\])）】］]\s?第?\s?\d{1,5}\s?号)[）)]?"
)
_KIND_END = re.compile(
    r"(?:通知|意见|决定|批复|复函|通报|公告|通告|答复|函|令|议案|报告|请示|纪要|方案|办法|细则|规则|规定|措施|计划|要点|纲要|规划|条例|标准|清单|分工|任务|安排|指南|制度|预案|表)"
    r"(?:[（(][^（）()]{2,20}[）)]){0,2}$"
)
_FINAL = re.compile(
    r"(?:通知|意见|决定|批复|复函|通报|公告|通告|答复|函|令|报告|请示|纪要|方案|办法|细则|计划|规定|措施)(?:[（(][^（）()]{2,20}[）)])?$"
)
_SUBTITLE = re.compile(
    r"[（(](?:试行|暂行|修订|征求意见稿|送审稿|\d{4}\s*[-—－–~至]+\s*\d{4}\s*年?.{0,3}|\d{4}年(?:度|版)?)[）)]"
)
_PUBLISHER = re.compile(r"(?:发文机关|发布机构|发布部门|发布单位|制发机关)\s*[:：]?\s*(.+)")
_CHROME_NUMBER = re.compile(r"(?:发文字号|文\s*号|文件编号|字号)\s*[:：]?\s*(.+)")
_CHROME_DATE = ("成文日期", "发文日期", "发文时间", "生成日期", "印发日期", "发布日期", "发布时间")
_ATTACHED = re.compile(r"\.(?:docx?|wps|pdf|xlsx?|et|ofd|rar|zip)\s*$", re.IGNORECASE)
_LETTERHEAD = re.compile(r"((?:(?!关于|印发)[\u4e00-\u9fa5、]){4,30}?)文件")


@dataclass(frozen=True, slots=True)
class Header:
    """文头. `end` is the index of the first part after title, number and recipients, `foot` the parts of a sign-off."""

    title: str
    issuer: str
    document_number: str
    issued_on: str
    recipients: tuple[str, ...]
    end: int
    foot: frozenset[int] = frozenset()

    @property
    def year_of(self) -> str:
        """时限年份: the ISO date from which 6月底前 and 年底前 are reckoned: the year that the title names, else
        the date of issue."""
        years = re.findall(r"((?:19|20)\d{2})\s*年", self.title)
        return f"{years[0]}-01-01" if len(years) == 1 else self.issued_on


def read_header(layout: Layout, document: Document) -> Header:
    """读文头."""
    parts = layout.parts
    facts = _stated_facts(layout, document)
    number, number_at = _number(parts)
    recipients, recipients_at = _recipients(parts)
    title, title_end = _leading_title(parts, recipients_at)
    signed = list(sign_offs(parts))
    issuer, issued_on, place = signed[0] if signed else ("", "", range(0))
    signed_at = place[-1] if place else -1
    named, numbered = _attached_name(parts)
    number = number or numbered
    title = title or named
    if not title and signed_at >= 0:
        title, _ = _leading_title(parts[signed_at + 1 :], None)
    if not title:
        title = _quoted_title(parts) or facts.get("title", "")
    issuer = issuer or _issuer_of_title(title) or _letterhead(parts) or facts.get("issuer", "")
    issued_on = issued_on or _lone_date(parts) or facts.get("issued_on", "")
    number = number or facts.get("number", "")
    end = max(title_end, number_at + 1, recipients_at + 1 if recipients_at is not None else 0)
    foot = frozenset(i for _, _, place in signed for i in place)
    return Header(title, issuer, number, issued_on, recipients, end, foot)


def _text(part: Part) -> str:
    return part.text if isinstance(part, Paragraph) else ""


def _stated_facts(layout: Layout, document: Document) -> dict[str, str]:
    """What the portal says around the text: used only where the text itself is silent."""
    lines = list(layout.chrome)
    for part in layout.parts[:4]:
        if isinstance(part, Table) and len(part.rows) <= 12:
            for row in part.rows:
                cells = [c.text.strip() for c in row if c.origin and c.text.strip()]
                lines += [f"{a.rstrip('：:')}：{b}" for a, b in zip(cells[::2], cells[1::2], strict=False)]
                lines += [c for c in cells if "：" in c or ":" in c]
    facts: dict[str, str] = {}
    for line in lines:
        if found := _PUBLISHER.match(line):
            facts.setdefault("issuer", found[1].strip())
        elif (found := _CHROME_NUMBER.match(line)) and (number := NUMBER.search(found[1])):
            facts.setdefault("number", number[1])
    for label in _CHROME_DATE:
        for line in lines:
            if line.startswith(label) and (day := parse_date(line)):
                facts.setdefault("issued_on", day)
    heading = document.metadata.get("ArticleTitle") or document.metadata.get("title", "")
    heading = re.split(r"[_|]|\s[-–]\s", heading)[0].strip()
    if _KIND_END.search(heading):
        facts["title"] = heading
    return facts


def _number(parts: Sequence[Part]) -> tuple[str, int]:
    for i, part in enumerate(parts[:14]):
        text = re.sub(r"\s*签发人.*$", "", _text(part))
        if found := NUMBER.fullmatch(text.strip()):
            # Small-form brackets are what portals make of 〔〕.
            return re.sub(r"\s", "", found[1]).translate({0xFE5D: "〔", 0xFE5E: "〕"}), i
        if mark_at(text) or len(text) > 120:
            break
    return "", -1


def _recipients(parts: Sequence[Part]) -> tuple[tuple[str, ...], int | None]:
    for i, part in enumerate(parts[:16]):
        text = _text(part)
        if not text or mark_at(text) or len(text) > 260:
            continue
        if (
            text[-1] in "：:"
            and "。" not in text
            and re.search(r"各|政府|部门|单位|局|厅|委|办|处|部|企业|学校|公司", text)
            and not re.search(r"通知如下|如下|名单|意见[：:]$|附件", text)
        ):
            return split_units(text[:-1]).names, i
        if text.endswith("。"):
            break
    return (), None


def _is_title_line(text: str) -> bool:
    return (
        2 <= len(text) <= 70
        and not any(c in text for c in "。；;")
        and text[-1] not in "：:，,"
        and not re.match(r"[（(].*[）)]$|.*(?:联系|电话|邮箱)", text)
        and not _ATTACHED.search(text)
        and mark_at(text) is None
        and not NUMBER.fullmatch(text)
        and not DATE_LINE.match(text)
        and not re.match(r"附\s*件|目\s*录|抄送|[（(]\d{4}年\d{1,2}月\d{1,2}日", text)
    )


def _leading_title(parts: Sequence[Part], stop: int | None) -> tuple[str, int]:
    """The title at the head of the parts, its lines joined, and the index after it."""
    title = ""
    end = 0
    for i, part in enumerate(parts[: 12 if stop is None else min(stop, 12)]):
        text = _text(part).strip()
        if isinstance(part, Table) or not text:
            if title:
                break
            continue
        if not title and (_LETTERHEAD.fullmatch(text) or NUMBER.fullmatch(text) or DATE_LINE.match(text)):
            continue
        if title and _SUBTITLE.fullmatch(text):
            title, end = title + text, i + 1
            continue
        if not _is_title_line(text):
            if title or len(text) > 70:
                break
            continue
        if title and _KIND_END.search(title) and not _goes_on(title, text):
            break
        title, end = title + text, i + 1
    title = re.sub(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])", "", title)
    if _KIND_END.search(title):
        return title, end
    # A heading that names no kind of document counts only where the file's first lines are nothing else.
    return (
        (title, end)
        if title and len(title) <= 60 and end <= 3 and stop is None and not looks_like_unit(title)
        else ("", 0)
    )


def _goes_on(title: str, text: str) -> bool:
    open_quote = title.count("《") > title.count("》") or title.count("“") > title.count("”")
    if "关于" in title and not _FINAL.search(title) and _FINAL.search(text):
        return True
    return (
        open_quote
        or text.startswith("的")
        or (
            bool(re.search(r"(?:印发|转发|公布|批转|发布|下达)", title))
            and not title.endswith("通知")
            and text.endswith("通知")
        )
    )


def sign_offs(parts: Sequence[Part]) -> Iterator[tuple[str, str, range]]:
    """落款: issuer, ISO date and place of every office-above-date in the text, in order."""
    for i, part in enumerate(parts):
        text = _text(part).strip()
        if not text or len(text) > 60:
            continue
        if DATE_LINE.match(text):
            names: list[str] = []
            first = i
            for before in reversed(range(max(0, i - 4), i)):
                offices = _offices(_text(parts[before]))
                if not offices:
                    break
                names[:0] = offices
                first = before
            if len(names) > 1 and first and not _text(parts[first - 1]).rstrip().endswith(("。", "；", "）", ")")):
                names, first = names[-1:], i - 1  # the lines above are cells of a table, no offices that sign
            if names and (day := parse_date(text)):
                yield "、".join(names), day, range(first, i + 1)
        elif found := _SIGNED_LINE.match(text):
            name = re.sub(r"\s+", "", found[1])
            if looks_like_unit(name) and (day := parse_date(found[2])):
                yield name, day, range(i, i + 1)


_SIGNED_LINE = re.compile(r"(\S.{2,34}?)\s+(\S{1,4}?\s*年\s*\S{1,3}?\s*月\s*\S{1,4}?\s*日)$")


def _offices(line: str) -> list[str]:
    """The office, or the several offices set apart by blanks, that one line of a sign-off holds."""
    line = line.strip()
    several = [n for n in re.split(r"\s{2,}", line) if n]
    if len(several) > 1 and all(len(n) > 3 and looks_like_unit(n) for n in several):
        return several
    name = re.sub(r"\s+", "", line)
    return [name] if 3 <= len(name) <= 34 and looks_like_unit(name) else []


def _lone_date(parts: Sequence[Part]) -> str:
    """A date on a line of its own at the foot, or in brackets under the title."""
    near = [*parts[:8], *reversed(parts[-8:])]
    for part in near:
        text = _text(part).strip().strip("（）()")
        if text and len(text) < 30 and DATE_LINE.match(text):
            return parse_date(text)
    return ""


def _attached_name(parts: Sequence[Part]) -> tuple[str, str]:
    """附件名: the name of the attached file where the portal left it in the text (…号…的通知.doc)."""
    for part in parts:
        text = _text(part).strip().rsplit("。", 1)[-1]
        if len(text) > 140 or not _ATTACHED.search(text):
            continue
        name = _ATTACHED.sub("", text)
        number = NUMBER.match(name)
        title = name[number.end() :] if number else name
        if _FINAL.search(title) and "关于" in title:
            return title, re.sub(r"\s", "", number[1]) if number else ""
    return "", ""


def _quoted_title(parts: Sequence[Part]) -> str:
    for part in parts[:10]:
        text = _text(part)
        if re.search(r"(?:印发|转发)给你们", text) and (found := re.search(r"《([^《》]{4,80})》", text)):
            return found[1]
    return ""


def _issuer_of_title(title: str) -> str:
    found = re.match(r"(.{2,40}?)(?:关于|印发|转发|批转|公布)", title)
    if not found:
        return ""
    names = [n for n in re.split(r"[ 　]", found[1]) if n]
    return "、".join(names) if names and all(looks_like_unit(n) or "、" in n for n in names) else ""


def _letterhead(parts: Sequence[Part]) -> str:
    for part in parts[:3]:
        if found := _LETTERHEAD.fullmatch(_text(part).strip()):
            return found[1]
    return ""
