"""文件包: the zip that a docx or xlsx is, opened with suspicion. Zips inside it are never opened."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from lxml import etree

from xiaoneng.foundation.refusals import Unreadable
from xiaoneng.kernel.documents.reading.limits import MEGABYTE, Meter

_SAVE_AGAIN = "请用原来的软件打开后另存再试。"
_DOCTYPE = re.compile(rb"<\x00?!\x00?(?:D\x00?O\x00?C\x00?T|E\x00?N\x00?T)", re.I)
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Package:
    """文件包. Raises `Unreadable` at once for a bomb, a password or too many entries."""

    def __init__(self, data: bytes, meter: Meter) -> None:
        self._meter = meter
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
            raise Unreadable("文件已损坏：内部的压缩结构不完整。", remedy=_SAVE_AGAIN) from error
        entries = self._zip.infolist()
        limits = meter.limits
        if len(entries) > limits.entries:
            raise Unreadable(f"文件内含 {len(entries)} 个部件，超过 {limits.entries} 个的上限。", remedy=_SAVE_AGAIN)
        if any(entry.flag_bits & 1 for entry in entries):
            raise Unreadable("文件设有打开密码。", remedy="请在原来的软件中取消密码，另存后重试。")
        bomb = sum(entry.file_size for entry in entries) > limits.expanded_bytes or any(
            entry.file_size > 4 * MEGABYTE and entry.file_size > limits.ratio * max(entry.compress_size, 1)
            for entry in entries
        )
        if bomb:
            raise Unreadable(
                "文件解压后过大，疑似“压缩炸弹”，已停止读取。", remedy="请核实文件来源；确属正常文件的，请拆分后重试。"
            )
        self._names = {entry.filename.replace("\\", "/").lstrip("/").lower(): entry for entry in entries}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._names

    def content(self, name: str) -> bytes:
        """部件内容, b"" for a part that is not there."""
        entry = self._names.get(name.lower())
        if entry is None:
            return b""
        self._meter.check_time()
        if entry.file_size > self._meter.limits.part_bytes:
            raise Unreadable("文件的内容过多。", remedy="请拆分文件后重试。")
        try:
            with self._zip.open(entry) as part:
                return part.read(self._meter.limits.part_bytes)
        except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError, zlib.error) as error:
            raise Unreadable("文件已损坏：有一部分内容解不开。", remedy=_SAVE_AGAIN) from error

    def tree(self, name: str) -> Any:
        """XML 部件 as its root element, None for a part that is not there or empty."""
        data = self._xml(name)
        if not data:
            return None
        return etree.fromstring(data, etree.XMLParser(**_SAFE))

    def elements(self, name: str, *tags: str) -> Iterator[Any]:
        """逐个元素: the elements of these tags as they close; each is emptied after use, so that memory stays flat."""
        data = self._xml(name)
        if not data:
            return
        for count, (_, element) in enumerate(etree.iterparse(io.BytesIO(data), tag=tags, **_SAFE)):
            yield element
            element.clear(keep_tail=False)
            parent = element.getparent()
            if parent is not None:
                while element.getprevious() is not None:
                    del parent[0]
            if count % 1024 == 0:
                self._meter.check_time()

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """关系 of a part: id -> (last word of the type, name of the target part)."""
        folder, base = posixpath.split(name)
        root = self.tree(f"{folder}/_rels/{base}.rels".lstrip("/"))
        found = {}
        for relation in root.iter(_RELATIONSHIP) if root is not None else ():
            if relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target") or "")).lstrip("/")
                found[relation.get("Id") or ""] = ((relation.get("Type") or "").rpartition("/")[2], target)
        return found

    def _xml(self, name: str) -> bytes:
        data = self.content(name)
        if _DOCTYPE.search(data):
            raise Unreadable("文件内含实体定义，正常的办公文件没有这样的内容，已停止读取。", remedy="请核实文件来源。")
        return data


_SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
