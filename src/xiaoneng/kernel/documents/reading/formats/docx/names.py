"""元素名: the local names of WordprocessingML, in its transitional and its strict namespace alike."""

from __future__ import annotations

from typing import Any

_WORDS = frozenset(
    {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    }
)


def local(element: Any) -> str:
    """本名, whatever the namespace."""
    return str(element.tag).rpartition("}")[2]


def words(element: Any) -> str:
    """本名 of a WordprocessingML element, "" for others."""
    namespace, _, name = str(element.tag).rpartition("}")
    return name if namespace[1:] in _WORDS else ""


def child(element: Any, *path: str) -> Any:
    """子元素 along a path of local names, None where it ends."""
    for name in path:
        if element is None:
            return None
        element = next((e for e in element if words(e) == name), None)
    return element


def attribute(element: Any, name: str = "val", default: str = "") -> str:
    """属性 by local name."""
    if element is None:
        return default
    return next((v for key, v in element.attrib.items() if key.rpartition("}")[2] == name), default)


def integer(element: Any, name: str = "val", default: int = 0) -> int:
    """整数属性, bounded; nonsense is the default."""
    text = attribute(element, name).strip()
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) < 10 else default


def on(element: Any) -> bool:
    """开关: present and not switched off."""
    return element is not None and attribute(element, default="1") not in {"0", "false", "off", "none"}
