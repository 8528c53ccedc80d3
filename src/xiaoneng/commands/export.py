"""xiaoneng export tasks: the tasks of a running programme as an Excel workbook."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from xiaoneng.commands import django_ready
from xiaoneng.foundation.refusals import Refused


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["tasks"], help="导出的内容：tasks 任务")
    parser.add_argument("--format", choices=["xlsx"], default="xlsx", help="格式，默认 xlsx")
    parser.add_argument("--programme", type=int, help="方案编号，默认最近启动的方案")
    parser.add_argument("-o", "--output", type=Path, help="输出文件，默认 tasks.xlsx；“-”为标准输出")


def run(arguments: argparse.Namespace) -> int:
    django_ready()
    from django.utils import timezone

    from xiaoneng.programme import api as programme

    book = programme.export_tasks(programme_id=arguments.programme, at=timezone.now())
    output: Path = arguments.output or Path("tasks.xlsx")
    if str(output) == "-":
        sys.stdout.buffer.write(book)
        return 0
    _write(output, book)
    print(f"已导出：{output}")
    return 0


def _write(output: Path, book: bytes) -> None:
    """Beside the place, then into it: a full disk leaves no half workbook."""
    beside = output.with_name(f".{output.name}.{os.getpid()}")
    try:
        beside.write_bytes(book)
        beside.replace(output)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise Refused(f"无法写入“{output}”（{error.strerror}）。", remedy="请检查文件夹是否存在、是否可写。") from error
