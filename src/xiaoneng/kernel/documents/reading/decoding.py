"""解码: bytes to text when nobody says how they were encoded."""

from __future__ import annotations

import codecs
import re

from xiaoneng.foundation.refusals import Unreadable

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What text is made of; anything else (controls, private use, unassigned planes) speaks against a guess.
_ORDINARY = re.compile("[\t\n\r\x0b\x0c\x1a\x20-\x7e\xa0-\u04ff\u2000-\u33ff\u4e00-\u9fff\uf900-\ufaff\ufe10-\uffef]")
_SAMPLE = 200_000
_DECLARED = re.compile(
    rb"""<(?:meta\b[^>]{0,300}?charset|\?xml\b[^>]{0,100}?encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I
)
_MOST_BROKEN = 0.005

BINARY = "这份文件的内容不是文字。"
REMEDY = "请用原来的软件打开，另存为 docx、pdf、html、txt 或 xlsx 后重试。"


def decode(data: bytes, *, declared: str = "") -> tuple[str, str]:
    """解码: the text, and a Chinese note ("" when nothing had to be given up).

    Order: byte order mark, UTF-16 by its pattern, UTF-8, what the file declares, GB18030, Big5.
    Raises `Unreadable` for bytes that are no text.
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _tolerant(data[len(bom) :], name)
    if name := _utf16(data):
        return _tolerant(data, name)
    if b"\x00" in data.rstrip(b"\x00"):
        raise Unreadable(BINARY, remedy=REMEDY)
    data = data.rstrip(b"\x00")
    for name in ("utf-8", *_known(declared), "gb18030", "big5hkscs"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if _share_ordinary(text) > 0.97:
            return text, ""
    return min((_tolerant(data, name) for name in ("utf-8", "gb18030")), key=lambda found: found[0].count("\ufffd"))


def declared_encoding(data: bytes) -> str:
    """声明的编码 of an HTML or XML file, "" when it declares none."""
    found = _DECLARED.search(data[:4096])
    return found.group(1).decode("ascii", "ignore") if found else ""


def _known(name: str) -> list[str]:
    if not name:
        return []
    try:
        known = codecs.lookup(name)
    except LookupError:
        return []
    # gb2312 and gbk pages use characters of the larger set; rot13, zip and the like are no text encodings.
    if known.name in {"gb2312", "gbk"}:
        return ["gb18030"]
    return [known.name] if known._is_text_encoding else []


def _utf16(data: bytes) -> str:
    """UTF-16 without a mark: its line ends, digits and Latin letters have a zero byte on one fixed side."""
    sample = data[: _SAMPLE // 2 * 2]
    if len(sample) < 4 or b"\x00" not in sample:
        return ""
    odd, even = sample[1::2].count(0), sample[0::2].count(0)
    name = "utf-16-le" if odd > even else "utf-16-be"
    text = sample.decode(name, "ignore")
    return name if min(odd, even) * 20 <= max(odd, even) and _share_ordinary(text) > 0.97 else ""


def _tolerant(data: bytes, name: str) -> tuple[str, str]:
    text = data.decode(name, "replace").rstrip("\x00")
    broken = text.count("\ufffd")
    if broken > max(1, len(text) * _MOST_BROKEN) or _share_ordinary(text) <= 0.97:
        raise Unreadable(BINARY, remedy=REMEDY)
    return text, f"有 {broken} 处文字编码有误，无法辨认，以“\ufffd”代替。" if broken else ""


def _share_ordinary(text: str) -> float:
    sample = text[:_SAMPLE]
    return len(_ORDINARY.findall(sample)) / len(sample) if sample else 1.0
