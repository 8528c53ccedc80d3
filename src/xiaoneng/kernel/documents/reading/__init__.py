"""读文件: any supported file becomes a `foundation.blocks.Document`. Pure Python; no Django.

    read_file(path)              read_bytes(data, filename)

Both raise `Unreadable` with a Chinese sentence for everything that cannot be read: never another exception.
Parsers of a format are imported when a file of that format comes, so that reading a text costs nothing more.
"""

from __future__ import annotations

import stat
from importlib import import_module
from pathlib import Path

from xiaoneng.foundation.blocks import Document
from xiaoneng.foundation.refusals import Unreadable
from xiaoneng.kernel.documents.reading.building import Builder
from xiaoneng.kernel.documents.reading.limits import Limits
from xiaoneng.kernel.documents.reading.sniffing import sniff

__all__ = ["DEFAULT", "Limits", "read_bytes", "read_file"]

DEFAULT = Limits()

_READERS = {
    "txt": "txt", "md": "md", "html": "html", "mhtml": "mhtml", "csv": "csv", "docx": "docx", "pdf": "pdf",
    "xlsx": "sheets", "xls": "sheets",
    "doc": "office", "wps": "office", "rtf": "office", "odt": "office", "et": "office", "ods": "office",
}  # fmt: skip


def read_file(path: Path, *, limits: Limits = DEFAULT) -> Document:
    """读取文件. Raises `Unreadable`, also for a path that is missing, a folder or not permitted."""
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):
            raise Unreadable(f"“{path.name}”是文件夹或设备，不是文件。", remedy="请指定一个文件。")
        _check_size(state.st_size, limits)
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise Unreadable(f"没有找到文件“{path.name}”。", remedy="请检查路径。") from error
    except (OSError, ValueError) as error:
        raise Unreadable(f"文件“{path.name}”打不开。", remedy="请检查是否有读取权限。") from error
    return read_bytes(data, path.name, limits=limits)


def read_bytes(data: bytes, filename: str, *, limits: Limits = DEFAULT) -> Document:
    """读取内容: `filename` only helps to tell text formats apart. Raises `Unreadable`."""
    _check_size(len(data), limits)
    source_format = sniff(data, filename)
    builder = Builder(limits, source_format)
    reader = import_module(f"{__name__}.formats.{_READERS[source_format]}")
    try:
        reader.read(data, builder)
    except Unreadable:
        raise
    except (MemoryError, RecursionError) as error:
        raise Unreadable("文件的结构过于复杂，无法读取。", remedy="请用原来的软件打开，另存后重试。") from error
    except Exception as error:
        # Parsers written by others meet hostile bytes here; whatever they raise means the same to a person.
        raise Unreadable("文件已损坏，无法读取。", remedy="请重新下载，或用原来的软件打开后另存再试。") from error
    if builder.empty:
        raise Unreadable("文件里没有文字。", remedy="请确认选对了文件；图片和扫描件要先做文字识别（OCR）。")
    return builder.document()


def _check_size(size: int, limits: Limits) -> None:
    if size > limits.file_bytes:
        raise Unreadable(
            f"文件有 {size / 1_048_576:.0f} MB，超过 {limits.file_bytes / 1_048_576:.0f} MB 的上限。",
            remedy="请删去图片或拆分文件后重试。",
        )
