"""隔离读方案: a long or hostile text is understood by a process of its own that is ended when its time is over.

`python -m xiaoneng.programme.importing.worker` takes a document as JSON and prints the plan as JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import xiaoneng
from xiaoneng.foundation.blocks import Document
from xiaoneng.foundation.refusals import Unreadable
from xiaoneng.kernel.documents.reading import wire
from xiaoneng.programme.reading import read_plan

SECONDS = 20.0


def plan_of(document: Document, *, seconds: float = SECONDS) -> dict[str, Any]:
    """读方案 within `seconds`: the plan's JSON form. Raises `Unreadable` where it took longer or failed."""
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "xiaoneng.programme.importing.worker"],
            input=wire.dump(document).encode(),
            capture_output=True,
            timeout=seconds,
            check=True,
            env={"PYTHONPATH": str(Path(xiaoneng.__file__).parents[1]), "PYTHONUTF8": "1"},
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable(
            f"这份文件太长，{seconds:.0f} 秒内没有读完。", remedy="请只保留方案正文和任务分解表，或拆成几份后导入。"
        ) from error
    except subprocess.CalledProcessError as error:
        raise Unreadable("读这份方案时出错，没有导入。", remedy="请另存为 docx 或 txt 后重试。") from error
    plan: dict[str, Any] = json.loads(done.stdout)
    return plan


if __name__ == "__main__":
    sys.stdout.write(json.dumps(read_plan(wire.load(sys.stdin.read())).as_json()))
