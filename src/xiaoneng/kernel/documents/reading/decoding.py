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
_MOST_BROKEN = 0.01

BINARY = "这份文件的内容不是文字。"
REMEDY = "请用原来的软件打开，另存为 docx、pdf、html、txt 或 xlsx 后重试。"


def decode(data: bytes, *, declared: str = "") -> tuple[str, str]:
    """解码: the text, and a Chinese note ("" when nothing had to be given up).

    Tried: byte order mark, UTF-16 by its pattern, UTF-8, what the file declares, GB18030, Big5.
    Raises `Unreadable` for bytes that are no text.
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _tolerant(data[len(bom) :], name)
    if name := _utf16(data):
        return _tolerant(data, name)
    data = data.rstrip(b"\x00")
    # Bytes of another encoding hardly ever form UTF-8, so a few errors do not speak against it;
    # nearly any bytes form GB18030, so it comes last but one.
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if not broken or broken * 20 < len(data) - len(text):
        return _checked(text)
    for name in (*_known(declared), "gb18030", "big5hkscs"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if _is_text(text):
            return text, ""
    return _tolerant(data, "gb18030")


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
    """UTF-16 without a mark: line ends, digits and Latin letters have a zero byte, and one order makes sense."""
    sample = data[: _SAMPLE // 2 * 2]
    if len(sample) < 4 or b"\x00" not in sample.rstrip(b"\x00"):
        return ""
    best = max(("utf-16-le", "utf-16-be"), key=lambda name: _share_ordinary(sample.decode(name, "replace")))
    return best if _is_text(sample.decode(best, "replace")) else ""


def _tolerant(data: bytes, name: str) -> tuple[str, str]:
    return _checked(data.decode(name, "replace").rstrip("\x00"))


def _checked(text: str) -> tuple[str, str]:
    broken = text.count("\ufffd")
    if broken > max(3, len(text) * _MOST_BROKEN) or not _is_text(text):
        raise Unreadable(BINARY, remedy=REMEDY)
    return text, f"有 {broken} 处文字编码有误，无法辨认，以“\ufffd”代替。" if broken else ""


def _is_text(text: str) -> bool:
    return _share_ordinary(text) > 0.97 or len(text) - len(_ORDINARY.findall(text[:_SAMPLE])) <= 3 < len(text) / 4


def _share_ordinary(text: str) -> float:
    sample = text[:_SAMPLE]
    return len(_ORDINARY.findall(sample)) / len(sample) if sample else 1.0
