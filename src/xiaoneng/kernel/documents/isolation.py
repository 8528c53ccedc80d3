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
_TOO_MUCH = "请用原来的软件打开，另存为较简单的 docx、txt 或 html 后重试。"


def read(path: Path, filename: str, *, seconds: float = DEFAULT.seconds + GRACE) -> Document:
    """隔离读取. Raises `Unreadable`, also when the process took too long or was ended by the system."""
    with tempfile.TemporaryDirectory(prefix="xiaoneng-read-") as scratch:
        process = subprocess.Popen(  # noqa: S603 - fixed program, a path and a name as plain arguments
            [sys.executable, "-P", "-m", "xiaoneng.kernel.documents.reading", str(path), filename],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=scratch,
            env=_environment(scratch),
            start_new_session=True,
        )
        try:
            output, _ = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired as error:
            raise Unreadable("读取这份文件用时过长，已停止。", remedy=_TOO_MUCH) from error
        finally:
            _end(process)
    if process.returncode != 0:
        raise Unreadable("读取这份文件耗用的内存或时间过多，已停止。", remedy=_TOO_MUCH)
    return wire.load(output.decode())


def _environment(scratch: str) -> dict[str, str]:
    """Nothing of the server's environment: it may hold secrets."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "PYTHONPATH": str(Path(xiaoneng.__file__).parents[1]),
        "PYTHONUTF8": "1",
        "LANG": "C.UTF-8",
        "HOME": scratch,
        "TMPDIR": scratch,
    }


def _end(process: subprocess.Popen[bytes]) -> None:
    # The whole session: a converter may have been started in it.
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError, AttributeError):
        process.kill()
    process.wait()
