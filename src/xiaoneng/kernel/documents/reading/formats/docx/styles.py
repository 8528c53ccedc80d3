"""样式: what a paragraph inherits: heading level, alignment, list, and whether it is a table of contents."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from xiaoneng.kernel.documents.reading.building import Align
from xiaoneng.kernel.documents.reading.formats.docx.names import attribute, child, integer, words

_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])\Z", re.I)
_ALIGN: dict[str, Align] = {"center": "center", "right": "right", "end": "right", "left": "left", "start": "left"}


@dataclass(frozen=True, slots=True)
class Style:
    """样式: `number` and `number_level` None where nothing is said; `level` 1–9 for headings."""

    level: int = 0
    align: Align = ""
    number: int | None = None
    number_level: int | None = None
    contents: bool = False


class Styles:
    """样式表."""

    def __init__(self, root: Any) -> None:
        self._elements: dict[str, Any] = {}
        self._default = ""
        for element in root if root is not None else ():
            if words(element) == "style" and attribute(element, "type") == "paragraph":
                name = attribute(element, "styleId")
                self._elements.setdefault(name, element)
                if attribute(element, "default") in {"1", "true"}:
                    self._default = name
        self._found: dict[str, Style] = {}

    def of(self, properties: Any) -> Style:
        """一段的样式: its own properties over those of its style and the styles that one is based on."""
        named = attribute(child(properties, "pStyle"), default=self._default)
        if named not in self._found:
            self._found[named] = self._resolve(named)
        return _over(self._found[named], properties)

    def _resolve(self, name: str) -> Style:
        chain: list[Any] = []
        seen: set[str] = set()
        while name in self._elements and name not in seen:
            seen.add(name)
            chain.append(self._elements[name])
            name = attribute(child(chain[-1], "basedOn"))
        style = Style()
        for element in reversed(chain):
            style = _over(style, child(element, "pPr"))
            title = attribute(child(element, "name")).lower()
            heading = _HEADING_NAME.match(title)
            level = int(heading.group(1)) if heading else 1 if title in {"title", "标题"} else style.level
            contents = title.startswith(("toc ", "目录"))
            style = Style(level, style.align, style.number, style.number_level, contents)
        return style


def _over(style: Style, properties: Any) -> Style:
    if properties is None or len(properties) == 0:
        return style
    level, align, number, number_level = style.level, style.align, style.number, style.number_level
    outline = child(properties, "outlineLvl")
    if outline is not None:
        level = integer(outline, default=9) + 1
        level = level if 1 <= level <= 9 else 0
    justification = child(properties, "jc")
    if justification is not None:
        align = _ALIGN.get(attribute(justification), "")
    numbering = child(properties, "numPr")
    if numbering is not None:
        held = child(numbering, "numId")
        number = integer(held) if held is not None else number
        held = child(numbering, "ilvl")
        number_level = integer(held) if held is not None else number_level
    return Style(level, align, number, number_level, style.contents)
