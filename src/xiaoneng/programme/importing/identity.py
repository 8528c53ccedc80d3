"""方案的同一性: when two documents are the same plan."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

_NOISE = re.compile(r"[\W_]+")
_NOTICE = re.compile(r"^.*?关于印发|的通知$")


def plain(text: str) -> str:
    """比较用的文字: width and case folded, punctuation and blanks dropped."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).lower()


def plan_key(reading: Mapping[str, Any]) -> str:
    """方案标识: a digest of the document number where there is one, else of issuer and title.

    A number identifies a paper for good (镇政办发〔2016〕3号); a title only together with who issued it and when.
    """
    number = plain(str(reading.get("document_number") or ""))
    if number:
        said = f"number:{number}"
    else:
        title = plain(_NOTICE.sub("", str(reading.get("title") or "")))
        said = f"title:{plain(str(reading.get('issuer') or ''))}:{title}:{str(reading.get('issued_on') or '')[:4]}"
    return hashlib.sha256(said.encode()).hexdigest()
