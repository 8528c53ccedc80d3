"""xlsx 工作簿: only filled cells are held, so that a cell in the last row of the sheet costs nothing."""

from __future__ import annotations

import re
from typing import Any

from xiaoneng.foundation.refusals import Unreadable
from xiaoneng.kernel.documents.reading.building import Builder
from xiaoneng.kernel.documents.reading.formats import values
from xiaoneng.kernel.documents.reading.formats.sheets import Sheet
from xiaoneng.kernel.documents.reading.package import Package

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})\Z")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_ID = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


def sheets(data: bytes, builder: Builder) -> list[Sheet]:
    """各工作表."""
    package = Package(data, builder.meter)
    workbook = package.tree("xl/workbook.xml")
    if workbook is None:
        raise Unreadable("这是二进制工作簿（xlsb），或文件已损坏。", remedy="请用原来的软件打开，另存为 xlsx 后重试。")
    reader = _Reader(package, builder, _STRICT if workbook.tag.startswith(_STRICT) else _MAIN)
    return reader.sheets(workbook)


class _Reader:
    def __init__(self, package: Package, builder: Builder, namespace: str) -> None:
        self._package, self._builder, self._n = package, builder, namespace
        self._from_1904 = False

    def sheets(self, workbook: Any) -> list[Sheet]:
        relations = self._package.relations("xl/workbook.xml")
        parts = dict(relations.values())
        self._strings = self._shared_strings(parts.get("sharedStrings", "xl/sharedStrings.xml"))
        self._styles = self._read_styles(parts.get("styles", "xl/styles.xml"))
        properties = workbook.find(f"{self._n}workbookPr")
        self._from_1904 = properties is not None and properties.get("date1904") in {"1", "true"}
        found = []
        for entry in workbook.iter(f"{self._n}sheet"):
            name = entry.get("name") or ""
            kind, target = relations.get(entry.get(_ID) or entry.get(_STRICT_ID) or "", ("", ""))
            if kind != "worksheet":
                continue
            if entry.get("state") in {"hidden", "veryHidden"}:
                self._builder.note(f"工作表“{name}”是隐藏的，没有读取。")
                continue
            found.append(self._sheet(name, target))
        return found

    def _shared_strings(self, part: str) -> list[str]:
        strings = []
        for item in self._package.elements(part, f"{self._n}si"):
            text = self._string(item)
            self._builder.meter.add_characters(len(text))
            strings.append(text)
        return strings

    def _string(self, item: Any) -> str:
        """Text of runs; phonetic guides stand beside them and are not read."""
        n = self._n
        found = [t.text or "" for t in item.iter(f"{n}t") if t.getparent() is None or t.getparent().tag != f"{n}rPh"]
        return _ESCAPED.sub(lambda m: chr(int(m.group(1), 16)), "".join(found))

    def _read_styles(self, part: str) -> list[str]:
        """For each cell style "percent", "date" or ""."""
        root = self._package.tree(part)
        if root is None:
            return []
        codes = {_int(f.get("numFmtId")): f.get("formatCode") or "" for f in root.iter(f"{self._n}numFmt")}
        formats = root.find(f"{self._n}cellXfs")
        kinds = []
        for style in formats if formats is not None else ():
            number = _int(style.get("numFmtId"))
            code = codes.get(number, "")
            percent = number in {9, 10} or values.is_percent(code)
            kinds.append("percent" if percent else "date" if values.is_date(number, code) else "")
        return kinds

    def _sheet(self, name: str, part: str) -> Sheet:
        sheet = Sheet(name)
        unsolved = 0
        row = -1
        for element in self._package.elements(part, f"{self._n}row", f"{self._n}mergeCell"):
            if element.tag.endswith("mergeCell"):
                self._merge(element.get("ref") or "", sheet)
                continue
            row = (_int(element.get("r")) or row + 2) - 1
            column = -1
            for cell in element.iterchildren(f"{self._n}c"):
                place = _REFERENCE.match(cell.get("r") or "")
                column = _column(place.group(1)) if place else column + 1
                text, solved = self._value(cell)
                unsolved += not solved
                if text:
                    self._builder.meter.add_cells(1)
                    sheet.cells[row, column] = text
        if unsolved:
            self._builder.note(
                f"工作表“{name}”有 {unsolved} 个公式没有保存计算结果，按空白处理；请用表格软件打开、保存一次后重试。"
            )
        return sheet

    def _merge(self, reference: str, sheet: Sheet) -> None:
        first, _, last = reference.partition(":")
        corners = _REFERENCE.match(first), _REFERENCE.match(last)
        if corners[0] and corners[1]:
            top, left = int(corners[0].group(2)) - 1, _column(corners[0].group(1))
            bottom, right = int(corners[1].group(2)) - 1, _column(corners[1].group(1))
            if top <= bottom and left <= right:
                self._builder.meter.add_cells(1)
                sheet.merged.append((top, left, bottom, right))
                sheet.cells.setdefault((top, left), "")

    def _value(self, cell: Any) -> tuple[str, bool]:
        """The text that the cell shows, and whether it is known: a formula without a saved result is not."""
        kind = cell.get("t") or "n"
        if kind == "inlineStr":
            return self._string(cell), True
        held = cell.findtext(f"{self._n}v")
        if held is None:
            return "", cell.find(f"{self._n}f") is None
        if kind == "s":
            index = _int(held)
            return (self._strings[index] if 0 <= index < len(self._strings) else ""), True
        if kind == "b":
            return ("TRUE" if held.strip() == "1" else "FALSE"), True
        if kind != "n":
            return held, True
        try:
            value = float(held)
            return self._number(value, _int(cell.get("s"))), True
        except (ValueError, OverflowError):
            return held, True

    def _number(self, value: float, style: int) -> str:
        kind = self._styles[style] if 0 <= style < len(self._styles) else ""
        if kind == "date":
            return values.serial(value, from_1904=self._from_1904)
        return values.number(value, percent=kind == "percent")


def _int(text: str | None) -> int:
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
