"""xiaoneng doctor: what this installation has, what it lacks, and what to do about each."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from xiaoneng.commands import django_ready

Verdict = Literal["ok", "note", "wrong"]
MARK: dict[Verdict, str] = {"ok": "✓ 正常", "note": "! 提示", "wrong": "✗ 问题"}
LOW_SPACE = 1 << 30


@dataclass(frozen=True)
class Check:
    """检查项: one thing looked at; `remedy` says what to do where it is not in order."""

    subject: str
    verdict: Verdict
    state: str
    remedy: str = ""


def ok(subject: str, state: str) -> Check:
    return Check(subject, "ok", state)


def note(subject: str, state: str, remedy: str) -> Check:
    return Check(subject, "note", state, remedy)


def wrong(subject: str, state: str, remedy: str) -> Check:
    return Check(subject, "wrong", state, remedy)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")


def run(arguments: argparse.Namespace) -> int:
    checks = list(_all(datetime.now(UTC)))
    if arguments.json:
        print(json.dumps([asdict(check) for check in checks], ensure_ascii=False, indent=1))
    else:
        for check in checks:
            print(f"{MARK[check.verdict]}  {check.subject}：{check.state}")
            if check.remedy:
                print(f"          → {check.remedy}")
    return int(any(check.verdict == "wrong" for check in checks))


def _all(at: datetime) -> Iterator[Check]:
    yield ok("Python", sys.version.split()[0])
    try:
        django_ready()
    except Exception as error:
        yield wrong("设置", str(error), "按上面的提示改正后再运行 xiaoneng doctor。")
        return
    checks: tuple[Callable[[datetime], Iterator[Check]], ...]
    checks = (_folder, _keys, _database, _calendar, _front_end, _ledger, _jobs, _office)
    for check in checks:
        try:
            yield from check(at)
        except Exception as error:
            # One broken part must not hide the state of the others.
            yield wrong(check.__doc__ or "", f"检查未能完成：{error}", "先解决数据库等前面的问题，再检查一次。")


def _folder(_at: datetime) -> Iterator[Check]:
    """数据目录"""
    from django.conf import settings

    folder: Path = settings.DATA
    mode = stat.S_IMODE(folder.stat().st_mode)
    if not os.access(folder, os.W_OK):
        yield wrong("数据目录", f"{folder} 不可写", "改正目录权限，或用 XIAONENG_DATA 指定别的目录。")
    elif mode & 0o007:
        yield wrong("数据目录", f"{folder} 其他用户可以进入（{mode:03o}）", f"执行 chmod 700 {folder}")
    else:
        yield ok("数据目录", f"{folder}（{mode:03o}）")
    free = shutil.disk_usage(folder).free
    space = f"剩余 {free / (1 << 30):.1f} GB"
    yield wrong("磁盘空间", space, "清理磁盘或换一个数据目录。") if free < LOW_SPACE else ok("磁盘空间", space)


def _keys(_at: datetime) -> Iterator[Check]:
    """密钥文件"""
    from django.conf import settings

    keys = [path for path in sorted(settings.DATA.rglob("*.key")) if path.is_file()]
    loose = [path for path in keys if stat.S_IMODE(path.stat().st_mode) & 0o077]
    for path in loose:
        yield wrong("密钥文件", f"{path.name} 可被他人读取", f"执行 chmod 600 {path}，并更换该密钥。")
    if not loose:
        yield ok("密钥文件", f"{len(keys)} 个，权限正确")


def _database(_at: datetime) -> Iterator[Check]:
    """数据库"""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        connection.ensure_connection()
    except Exception as error:
        yield wrong("数据库", f"连接不上：{error}", "检查 DATABASE_URL 与数据库服务是否已启动。")
        return
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    name = "PostgreSQL" if connection.vendor == "postgresql" else "SQLite"
    if pending:
        yield note("数据库", f"{name}，{len(pending)} 项升级未执行", "运行 xiaoneng up，会自动升级。")
    else:
        yield ok("数据库", name)


def _calendar(at: datetime) -> Iterator[Check]:
    """工作日历"""
    from django.utils import timezone

    from xiaoneng.kernel.worktime import api as worktime

    calendar = worktime.calendar()
    year = timezone.localtime(at).year
    for each in (year, year + 1):
        if each not in calendar.covered:
            # Next year's notice appears in October or November; before that its absence is normal.
            state = f"{each} 年放假安排尚未录入，期限按一般周末暂算"
            yield note("工作日历", state, "通知发布后在“工作日历”页面粘贴全文录入。")
        else:
            yield ok("工作日历", f"{each} 年已录入")


def _front_end(_at: datetime) -> Iterator[Check]:
    """前端组件"""
    from xiaoneng.ui import api as ui

    present, detail = ui.bundle_state()
    if present:
        yield ok("前端组件", detail)
    else:
        remedy = "不影响使用。能连接 npm 仓库时删除 .venv/.setup-* 并重新运行 bin/run 即可装上。"
        yield note("前端组件", detail, remedy)


def _ledger(_at: datetime) -> Iterator[Check]:
    """存证台账"""
    from xiaoneng.kernel.ledger import api as ledger

    state = ledger.state()
    yield ok("存证台账", f"{state.events} 条事件，最新签名树头覆盖 {state.head_size} 条")
    if state.parked:
        yield wrong("存证台账", f"{state.parked} 次投递多次失败已搁置", "在“存证台账”页面查看原因并重新投递。")


def _jobs(_at: datetime) -> Iterator[Check]:
    """后台作业"""
    from xiaoneng.kernel.jobs import api as jobs

    failed = jobs.failures().count()
    if failed:
        yield wrong("后台作业", f"{failed} 件失败", "查看日志；改正原因后重新提交。")
    else:
        yield ok("后台作业", "没有失败的作业")


def _office(_at: datetime) -> Iterator[Check]:
    """旧格式文档"""
    if shutil.which("soffice") or shutil.which("libreoffice"):
        yield ok("旧格式文档（doc、wps）", "可读取")
    else:
        remedy = "安装 LibreOffice，或先把文件另存为 docx。"
        yield note("旧格式文档（doc、wps）", "未安装 LibreOffice，不能读取", remedy)
