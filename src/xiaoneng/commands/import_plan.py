"""xiaoneng import: read a plan and start it as a programme; the same file twice says so and changes nothing."""

from __future__ import annotations

import argparse
import hashlib
from io import BufferedReader
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils import timezone

from xiaoneng.commands import django_ready
from xiaoneng.foundation.actors import SYSTEM
from xiaoneng.foundation.refusals import Refused, Unreadable

if TYPE_CHECKING:
    from xiaoneng.programme.api import ImportDraft


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="方案文件：docx、pdf、html、txt、md、xlsx、csv …")
    parser.add_argument("--yes", action="store_true", help="不再询问，直接启动")
    parser.add_argument("--draft", action="store_true", help="只存为导入稿，由督查或领导在网页上核对后启动")


def run(arguments: argparse.Namespace) -> int:
    django_ready(migrate=True)
    return start(arguments.file, ask=not arguments.yes, draft_only=arguments.draft)


def start(path: Path, *, ask: bool = False, draft_only: bool = False) -> int:
    """导入并启动 as the system itself; findings stay open for people. Needs Django; raises `Refused`."""
    from xiaoneng.kernel.ledger import api as ledger
    from xiaoneng.programme import api as programme

    with _opened(path) as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        if (running := programme.running_file(digest)) is not None:
            print(f"已导入：{running.title}（{running.tasks.count()} 项任务），内容未变，没有改动。")
            return 0
        if programme.waiting_revision(digest) is not None:
            print("这份文件已存为修订稿，请由督查或领导在“导入方案”中核对差异后确认。")
            return 0
        file.seek(0)
        draft = programme.receive(content=file, filename=path.name, actor=SYSTEM, at=timezone.now())
    print(_summary(draft))
    if draft.revises is not None:
        print("同一方案已在运行。这份文件已存为修订稿，请由督查或领导在“导入方案”中核对差异后确认。")
    elif draft_only or (ask and not _agreed()):
        print("已存为导入稿，没有启动。请在“导入方案”中核对后启动。")
    else:
        started = programme.start(draft.pk, version=draft.version, assume=True, actor=SYSTEM, at=timezone.now())
        # No tick runs beside a command: give the events their places in the tree at once.
        ledger.sequence(timezone.now())
        print(f"已启动：{started.title}")
    return 0


def _opened(path: Path) -> BufferedReader:
    if not path.is_file():
        raise Unreadable(f"找不到文件“{path}”。", remedy="请检查文件名和路径。")
    try:
        return path.open("rb")
    except OSError as error:
        raise Unreadable(f"无法读取文件“{path}”（{error.strerror}）。", remedy="请检查文件的访问权限。") from error


def _summary(draft: ImportDraft) -> str:
    reading = draft.reading
    measures = len(reading["measures"])
    counted = [
        (len({m["action"] for m in reading["measures"] if m["action"]}), "个行动"),
        (measures, "条举措"),
        (len(reading["tasks"]), "项任务"),
        (len(reading["targets"]), "个量化目标"),
        (len(reading["cadences"]), "个频次"),
        (len(reading["findings"]), "个疑点（待人处理）"),
    ]
    head = "　".join(filter(None, (reading["issuer"], reading["document_number"], reading["issued_on"])))
    return "\n".join(filter(None, (reading["title"], head, "，".join(f"{n} {what}" for n, what in counted if n))))


def _agreed() -> bool:
    try:
        return input("现在启动？[y/N] ").strip().lower() in ("y", "yes", "是")
    except EOFError as error:
        raise Refused("没有得到确认，没有启动。", remedy="不在终端上运行时请加 --yes。") from error
