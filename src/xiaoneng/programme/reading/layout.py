"""版面: the blocks of a file made into the paragraphs its author wrote.

Published text arrives with portal chrome around it, twice in one file, with its line breaks
lost (a whole notice in one line) or with too many of them (lines broken by a page width).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from xiaoneng.foundation.blocks import Document, Paragraph, Table
from xiaoneng.programme.reading.numbering import Mark, Style, mark_at

Part = Paragraph | Table

_BLANKS = re.compile(r"&(?:nbsp|#160|emsp|ensp);?|[\u00a0\u2002\u2003\u2009\u200a\u3000\t]")
_INVISIBLE = re.compile(r"[\u200b-\u200f\ufeff\u2028\u2029\u00ad]")
_CHROME = re.compile(
    r"(?:政策|打印|关闭|分享|收藏|首页|附件下载|扫一扫.{0,20}|上一篇.{0,80}|下一篇.{0,80}|字体[:：].{0,20}|【?打印.{0,20}|"
    r"(?:发布(?:部门|时间|日期|机构|单位)|信息来源|来源|作者|浏览(?:次数|量)|点击(?:数|量)|阅读(?:次数|量)?|有效性|索引号|信息分类|主题(?:词|分类)|"
    r"发文(?:机关|日期|字号|时间)|成文日期|生成日期|文号|字号|标题|标\s*题|公开(?:方式|形式|范围|日期)|责任编辑|编辑)\s*[:：].{0,120}|"
    r"[（(](?:此件|本文|此文)?(?:主动|依申请)?公开(?:发布)?[）)]|[（(]此件.{0,12}[）)]|[（(]本文有删减[）)])\s*"
)


@dataclass(frozen=True, slots=True)
class Layout:
    """版面整理结果: `parts` in reading order; `chrome` are the portal's lines ("发布时间：2016年03月28日")."""

    parts: tuple[Part, ...]
    chrome: tuple[str, ...]


def lay_out(document: Document) -> Layout:
    """整理版面."""
    chrome: list[str] = []
    parts: list[Part] = []
    for block in document.blocks:
        if isinstance(block, Table):
            parts.append(block)
            continue
        for text in clean(block.text).split("\n"):
            text = text.strip()
            if not text:
                continue
            if len(text) < 140 and (len(text) < 30 or ":" in text or "：" in text) and _CHROME.fullmatch(text):
                chrome.append(text)
            else:
                parts.append(block if text == block.text else replace(block, text=text))
    parts = once(parts)
    parts = _rejoined(parts)
    out: list[Part] = []
    for part in parts:
        if isinstance(part, Table) or len(part.text) < _LONG:
            out.append(part)
        else:
            out.extend(replace(part, text=text) for text in unroll(part.text))
    return Layout(tuple(out), tuple(chrome))


def clean(text: str) -> str:
    """清理空白: HTML blanks left in the text become spaces, invisible characters go."""
    return _INVISIBLE.sub("", _BLANKS.sub(" ", text)) if not text.isascii() else _BLANKS.sub(" ", text)


def once(parts: list[Part]) -> list[Part]:
    """去重: drops the second copy where the whole text stands twice in a row."""
    texts = [re.sub(r"\s+", "", p.text) if isinstance(p, Paragraph) else "" for p in parts]
    whole = "".join(texts)
    if len(whole) < 200:
        return parts
    starts = [0]
    for text in texts[:6]:
        starts.append(starts[-1] + len(text))
    for start in starts[:6]:
        probe = whole[start : start + 60]
        if len(probe) < 60:
            break
        at = whole.find(probe, start + (len(whole) - start) // 3)
        if at < 0:
            continue
        first, second = at - start, len(whole) - at
        if 0.8 * first <= second <= 1.15 * first and whole[start : start + 200] == whole[at : at + 200]:
            return _cut(parts, texts, at)
    return parts


def _cut(parts: list[Part], texts: list[str], at: int) -> list[Part]:
    """The parts before character `at` of the text without blanks."""
    out: list[Part] = []
    seen = 0
    for part, text in zip(parts, texts, strict=True):
        if isinstance(part, Table):
            out.append(part)
        elif seen + len(text) <= at:
            out.append(part)
            seen += len(text)
        else:
            left = at - seen
            for i, c in enumerate(part.text):
                if left <= 0:
                    out.append(replace(part, text=part.text[:i].strip()))
                    break
                left -= not c.isspace()
            break
    return [p for p in out if isinstance(p, Table) or p.text]


def _rejoined(parts: list[Part]) -> list[Part]:
    """Lines broken by a page width are joined; only where the file as a whole is broken that way."""
    lengths = sorted(len(p.text) for p in parts if isinstance(p, Paragraph))
    if len(lengths) < 20:
        return parts
    widest = lengths[int(len(lengths) * 0.97)]
    if not 18 <= widest <= 64 or sum(widest - 3 <= n <= widest + 3 for n in lengths) < 0.35 * len(lengths):
        return parts
    out: list[Part] = []
    for part in parts:
        last = out[-1] if out else None
        if (
            isinstance(part, Paragraph)
            and isinstance(last, Paragraph)
            and last.text[-1] not in "。；：！？:;"
            and len(last.text.rsplit("\n", 1)[-1]) >= widest - 3
            and not (mark_at(part.text) and last.text[-1] in "）)")
            and (mark_at(part.text) is None or last.text[-1] in "、，（和及与的")
        ):
            # The marker keeps the width of the last physical line; it is removed below.
            out[-1] = replace(last, text=last.text + "\n" + part.text)
        else:
            out.append(part)
    return [replace(p, text=p.text.replace("\n", "")) if isinstance(p, Paragraph) else p for p in out]


# --- text that lost its line breaks -----------------------------------------------------------

_LONG = 300
_CANDIDATE = re.compile(
    r"[一二三四五六七八九十]{1,3}\s{0,2}、|[（(][一二三四五六七八九十]{1,3}[）)]"
    r"|第[一二三四五六七八九十百]{1,5}[章节条]|(?<!\d)\d{1,2}\s?[.．﹒、](?!\d)"
)
_MARK_BEFORE = re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]$")  # （一）（二）款: no paragraph begins here
_ENDS = "。；;！？”）)：:】 "
_SPLIT_STYLES: tuple[Style, ...] = ("chapter", "section", "article", "han", "han-paren", "digit")
_ISSUER = r"[^\s，。：；、（）《》“”\d]{3,24}(?:人民政府|政府|办公室|办公厅|委员会|厅|局|部|委|署|院|会)"
_HAN = "一二三四五六七八九"
_DATE = rf"(?:\d{{4}}年\d{{1,2}}月\d{{1,2}}日|[一二][〇零○{_HAN}]{{3}}年[{_HAN}十]{{1,2}}月[{_HAN}十]{{1,3}}日)"
_KIND = (
    r"(?:意见|办法|方案|细则|规则|规定|措施|计划|要点|纲要|标准|规划|清单|通知|决定|批复|通报|公告|函)"
    r"(?:[（(](?:试行|暂行)[）)])?"
)
_SIGN_OFF = re.compile(rf"(?<=[。！）)])\s*({_ISSUER})\s*({_DATE})(?!\s*[印至前起到，、])\s*")
# The name of the attached file, left by the portal behind the last sentence.
_ATTACHED_NAME = re.compile(r"(?<=。)[^。]{6,120}\.(?:docx?|wps|pdf|xlsx?)\s*$")
_NUMBER = re.compile(r"[\u4e00-\u9fa5]{1,10}[〔﹝\[［【]\d{4}[〕﹞\]］】]\s?\d{1,4}\s?号")
_ADDRESS = r"\s*(?=[^。：:《》]{0,60}(?:各|政府|部门|单位|局|厅|委))[^。：:《》]{2,200}[：:](?=\s*[\u4e00-\u9fa5《])"
_RECIPIENTS = (
    re.compile(r"(?:(?<=通知)|(?<=意见)|(?<=决定)|(?<=批复)|(?<=通报)|(?<=公告)|(?<=函)|(?<=号))" + _ADDRESS),
    re.compile("^" + _ADDRESS),
)
_ANNEX_TITLE = re.compile(
    rf"^\s*([^。，；：]{{4,60}}?{_KIND})\s*(?=为|根据|按照|依据|第一|一、|近年|随着|现|[\u4e00-\u9fa5]{{2,30}}是)"
)


def unroll(text: str) -> list[str]:
    """还原分段: a text without line breaks, cut again at its numbering, its recipients and its sign-off.

    A number is a cut only where the sequence calls for it (二、 after 一、) and a sentence or a heading
    ends before it, so that "（一）（二）款" inside a sentence stays. Text that is one paragraph stays one.
    """
    cuts = _numbered_cuts(text)
    if len(cuts) < 2 and not _SIGN_OFF.search(text):
        return [text]
    pieces = [text[a:b].strip() for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    pieces = [p for p in pieces if p]
    if not pieces:
        return [text]
    front = _front_matter(pieces[0]) if cuts[:1] != [0] else [pieces[0]]
    rest = pieces[1:]
    if rest:
        rest[-1:] = _foot(rest[-1])
    return [p for p in (*front, *rest) if p]


def _numbered_cuts(text: str) -> list[int]:
    cuts: list[int] = []
    last: dict[Style, int] = {}
    segment: Mark | None = None
    segment_start = 0
    outer = 0
    for found in _CANDIDATE.finditer(text):
        at = found.start()
        mark = mark_at(text, at)
        if mark is None or mark.style not in _SPLIT_STYLES:
            continue
        before = text[segment_start:at]
        ended = at == 0 or (text[at - 1] in _ENDS and not _MARK_BEFORE.search(text, max(0, at - 5), at))
        if segment is None:
            # 第一章 may follow the title without a stop between them.
            heading = mark.style in ("chapter", "article")
        else:
            heading = mark.rank > segment.rank and len(before) <= 48 and not any(c in before for c in "。；：")
        expected = mark.value in (1, last.get(mark.style, 0) + 1)
        if not (expected and (ended or heading)) or (mark.style == "digit" and not outer):
            continue
        last[mark.style] = mark.value
        outer += mark.style != "digit"
        segment, segment_start = mark, at
        cuts.append(at)
    return cuts


def _front_matter(text: str) -> list[str]:
    """Title, number, recipients, notice, sign-off and the annexed plan's title, each on a line of its own."""
    out: list[str] = []
    number = _NUMBER.search(text, 0, 120)
    if number and "《" not in text[: number.start()] and text[number.start() - 1 : number.start()] not in ("（", "("):
        letterhead = text[: number.end()]
        at = letterhead.find("文件") + 2 if "文件" in letterhead else 0
        out += [letterhead[:at].strip(), letterhead[at:].strip()]
        text = text[number.end() :].strip()
    recipients = _RECIPIENTS[0].search(text, 0, 400) or _RECIPIENTS[1].match(text, 0, 400)
    if recipients:
        out += [text[: recipients.start()].strip(), recipients.group().strip()]
        text = text[recipients.end() :].strip()
    while found := _SIGN_OFF.search(text):
        out += [text[: found.start()].strip(), found[1], found[2]]
        text = text[found.end() :].strip()
        if public := re.match(r"[（(]此件[^）)]{0,12}[）)]\s*", text):
            text = text[public.end() :]
    title = _ANNEX_TITLE.match(text)
    if title:
        out += [title[1]]
        text = text[title.end() :]
    out.append(text.strip())
    return [p for p in out if p]


def _foot(text: str) -> list[str]:
    if attached := _ATTACHED_NAME.search(text):
        return [*_foot(text[: attached.start()]), attached.group()]
    found = _SIGN_OFF.search(text)
    if found is None:
        return [text]
    return [text[: found.start()].strip(), found[1], found[2], text[found.end() :].strip()]
