"""隔离: a stranger's file is read by a process that may die without harm."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import xiaoneng
from xiaoneng.foundation.blocks import Document
from xiaoneng.foundation.refusals import Unreadable
from xiaoneng.kernel.documents.reading import DEFAULT, wire

GRACE = 15.0
_REMEDY = "请用原来的软件打开，另存为较简单的 docx、xlsx、txt 或 html 后重试。"


def read(path: Path, filename: str, *, seconds: float = DEFAULT.seconds + GRACE) -> Document:
    """隔离读取. Raises `Unreadable`, also when the process took too long or was ended by the system."""
    return wire.load(run("xiaoneng.kernel.documents.reading", str(path), filename, seconds=seconds).decode())


def run(module: str, *arguments: str, given: bytes = b"", seconds: float) -> bytes:
    """在另一进程运行 a module of this package that confines itself; the answer is what it printed."""
    with tempfile.TemporaryDirectory(prefix="xiaoneng-read-") as scratch:
        process = subprocess.Popen(  # noqa: S603 - fixed program; file names are plain arguments
            [sys.executable, "-P", "-m", module, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=scratch,
            env=environment(scratch),
            start_new_session=True,
        )
        try:
            output, _ = process.communicate(given, timeout=seconds)
        except subprocess.TimeoutExpired as error:
            raise Unreadable("读取这份文件用时过长，已停止。", remedy=_REMEDY) from error
        finally:
            end(process)
    if process.returncode != 0:
        raise Unreadable("读取这份文件耗用的内存或时间过多，或文件已损坏，已停止。", remedy=_REMEDY)
    return output


def environment(scratch: str) -> dict[str, str]:
    """子进程的环境: nothing of the server's, which may hold secrets."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "PYTHONPATH": str(Path(xiaoneng.__file__).parents[1]),
        "PYTHONUTF8": "1",
        "LANG": "C.UTF-8",
        "HOME": scratch,
        "TMPDIR": scratch,
    }


def end(process: subprocess.Popen[bytes]) -> None:
    """结束进程 and what it started."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError, AttributeError):
        process.kill()
    process.wait()
