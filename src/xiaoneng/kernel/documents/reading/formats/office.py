"""旧格式: .doc .wps .rtf .et .odt .ods go through LibreOffice where it is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from xiaoneng.foundation.refusals import Unreadable
from xiaoneng.kernel.documents.reading.building import Builder
from xiaoneng.kernel.documents.reading.isolation import end, environment

_TARGETS = {"doc": "docx", "wps": "docx", "rtf": "docx", "odt": "docx", "et": "xlsx", "ods": "xlsx"}
_HAS_TABLE = b"\x16\x24\x01"  # sprmPFInTable: the paragraph stands in a table
_PLACES = ("/Applications/LibreOffice.app/Contents/MacOS", "/opt/libreoffice/program", "/snap/bin")


def converter() -> str | None:
    """LibreOffice 的位置, None where it is not installed."""
    search = os.pathsep.join((os.environ.get("PATH", os.defpath), *_PLACES))
    return shutil.which("soffice", path=search) or shutil.which("libreoffice", path=search)


def read(data: bytes, builder: Builder) -> None:
    """转换后读取."""
    source = builder.source_format
    target = _TARGETS[source]
    program = converter()
    if program is None:
        raise Unreadable(
            f"这台机器没有安装 LibreOffice，不能读取 .{source} 文件。",
            remedy=f"请用原来的软件打开，另存为 {target} 后重试；或请管理员安装 LibreOffice。",
        )
    converted = _convert(program, data, source, target, builder.meter.seconds_left)
    builder.source_format = target
    if target == "docx":
        from xiaoneng.kernel.documents.reading.formats import docx

        docx.read(converted, builder)
        if _HAS_TABLE in data and not builder.has_table:
            # Some builds of LibreOffice run the cells of a Word 97 table together: worse than not reading it.
            raise Unreadable(
                f"这份 .{source} 里有表格，转换时丢失了。", remedy="请用 Word 或 WPS 打开，另存为 docx 后重试。"
            )
    else:
        from xiaoneng.kernel.documents.reading.formats import sheets

        sheets.read(converted, builder)
    builder.source_format = source


def _convert(program: str, data: bytes, source: str, target: str, seconds: float) -> bytes:
    """The file in its new format, made in a private folder with a private profile. Macros do not run."""
    with tempfile.TemporaryDirectory(prefix="xiaoneng-office-", ignore_cleanup_errors=True) as folder:
        given = Path(folder, f"input.{source}")
        given.write_bytes(data)
        command = [
            program,
            f"-env:UserInstallation={Path(folder, 'profile').as_uri()}",
            *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard"),
            *("--convert-to", target, "--outdir", folder, str(given)),
        ]
        process = subprocess.Popen(  # noqa: S603 - fixed program and arguments
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=environment(folder),
            start_new_session=True,
        )
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired as error:
            raise Unreadable(
                f"转换 .{source} 文件超过了 {seconds:.0f} 秒。", remedy=f"请用原来的软件打开，另存为 {target} 后重试。"
            ) from error
        finally:
            end(process)
        result = given.with_suffix(f".{target}")
        if not result.exists():
            raise Unreadable(
                f".{source} 文件转换不成：可能已损坏、设有打开密码，或这台机器的 LibreOffice 缺少相应组件。",
                remedy=f"请用原来的软件打开，另存为 {target} 后重试。",
            )
        return result.read_bytes()
