"""文件名与类型: what an uploaded name may keep, and what a content may be served as."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 120
# Path separators, what other systems forbid in names, and characters that are not there to be seen:
# controls, zero-width characters and the marks that make a name read backwards (附件cod.exe ← 附件exe.doc).
_FORBIDDEN = re.compile(r'[\\/:*?"<>|]')
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)", re.I)


def safe_name(name: str) -> str:
    """安全的文件名: last path component, visible characters only, at most `LONGEST`, its ending kept."""
    name = re.split(r"[/\\]", name)[-1]
    name = "".join(c for c in unicodedata.normalize("NFC", name) if unicodedata.category(c) not in _INVISIBLE)
    name = re.sub(r"\s+", " ", _FORBIDDEN.sub("", name)).strip(" .")
    if not name or _RESERVED.match(name):
        name = f"文件{name}"
    stem, dot, ending = name.rpartition(".")
    if dot and len(ending) <= 10:
        return f"{stem[: LONGEST - len(ending) - 1]}.{ending}"
    return name[:LONGEST]


_MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
)
_OFFICE = "application/vnd.openxmlformats-officedocument"
_ZIPPED = {"docx": f"{_OFFICE}.wordprocessingml.document", "xlsx": f"{_OFFICE}.spreadsheetml.sheet"}
_OLE = {"doc": "application/msword", "xls": "application/vnd.ms-excel"}
_TEXT = {"txt": "text/plain", "csv": "text/csv", "md": "text/markdown", "html": "text/html", "htm": "text/html"}
# Types that a browser shows without running anything in them.
INLINE = frozenset({"application/pdf", "image/png", "image/jpeg", "image/gif", "text/plain"})


def media_type(head: bytes, name: str) -> str:
    """媒体类型: from the content's first bytes; the name only tells formats of one family apart."""
    for magic, found in _MAGIC:
        if head.startswith(magic):
            return found
    ending = name.rpartition(".")[2].lower()
    if head.startswith(b"PK\x03\x04"):
        return _ZIPPED.get(ending, "application/zip")
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return _OLE.get(ending, "application/octet-stream")
    if b"\x00" not in head:
        return _TEXT.get(ending, "application/octet-stream")
    return "application/octet-stream"
