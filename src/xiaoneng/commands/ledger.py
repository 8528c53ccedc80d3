"""xiaoneng ledger: verify, export, witness, rotate-key."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from xiaoneng.commands import django_ready

SHOWN = 50


def add_arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verify|export|witness|rotate-key")

    verify = verbs.add_parser("verify", help="核验整本台账与全部业务数据；有问题时退出状态为 1")
    verify.add_argument(
        "--witness", type=Path, action="append", default=[], help="见证方目录，一并比对其记录（可重复）"
    )
    verify.add_argument("--json", action="store_true", help="以 JSON 输出")

    export = verbs.add_parser("export", help="导出可离线核验的存证包")
    export.add_argument("folder", type=Path, help="空目录")
    export.add_argument("--disclose", action="store_true", help="连同业务数据原值导出（可能含个人信息）")

    witness = verbs.add_parser("witness", help="见证：用自己的密钥对树头签名")
    acts = witness.add_subparsers(dest="act", required=True, metavar="init|sign")
    init = acts.add_parser("init", help="建立见证方目录与密钥")
    init.add_argument("--key", type=Path, required=True, help="见证方目录，应在系统数据目录之外")
    init.add_argument("--name", default="监察室", help="见证方名称")
    sign = acts.add_parser("sign", help="核对后签名")
    sign.add_argument("--key", type=Path, required=True, help="见证方目录")

    verbs.add_parser("rotate-key", help="更换台账签名密钥")


def run(arguments: argparse.Namespace) -> int:
    django_ready(migrate=arguments.verb in {"verify", "export"})
    if arguments.verb == "verify":
        return _verify(arguments)
    if arguments.verb == "export":
        return _export(arguments)
    if arguments.verb == "witness":
        return _witness(arguments)
    return _rotate()


def _verify(arguments: argparse.Namespace) -> int:
    from django.utils import timezone

    from xiaoneng.kernel.ledger import api as ledger

    at = timezone.now()
    report = ledger.verify_all(witnesses=arguments.witness, at=at)
    if arguments.json:
        print(json.dumps({"ok": report.ok, **asdict(report)}, ensure_ascii=False, indent=2))
        return int(not report.ok)
    for finding in report.findings[:SHOWN]:
        print(f"✗ {finding}")
    if report.count > SHOWN:
        print(f"…… 另有 {report.count - SHOWN} 个问题，用 --json 查看。")
    scope = f"{report.size} 条事件、{report.heads} 个树头、{report.rows} 行业务数据"
    print(f"核验不通过：{scope}中有 {report.count} 个问题。" if report.count else f"✓ 核验通过：{scope}全部相符。")
    if report.pending:
        print(f"! 另有 {report.pending} 条事件尚未编入。")
    return int(not report.ok)


def _export(arguments: argparse.Namespace) -> int:
    from django.utils import timezone

    from xiaoneng.kernel.ledger import api as ledger

    at = timezone.now()
    ledger.sequence(at)
    size = ledger.export(arguments.folder, at=at, disclose=arguments.disclose)
    print(f"已导出 {size} 条事件。离线核验：python {arguments.folder / 'verify.py'} {arguments.folder}")
    return 0


def _witness(arguments: argparse.Namespace) -> int:
    from django.utils import timezone

    from xiaoneng.kernel.ledger import api as ledger

    if arguments.act == "init":
        fingerprint = ledger.witness_init(arguments.key, name=arguments.name)
        print(f"见证方“{arguments.name}”已建立，公钥指纹 {fingerprint}。请公布该指纹，并妥善保管 {arguments.key}。")
        return 0
    record = ledger.witness_sign(arguments.key, at=timezone.now())
    print(f"已见证 {record.size} 条事件的树头。" if record else "最新树头已见证过，无新内容。")
    return 0


def _rotate() -> int:
    from django.utils import timezone

    from xiaoneng.foundation.actors import SYSTEM
    from xiaoneng.kernel.ledger import api as ledger

    at = timezone.now()
    ledger.sequence(at)
    fingerprint = ledger.rotate_key(actor=SYSTEM, at=at)
    ledger.sequence(at)
    print(f"签名密钥已更换，新公钥指纹 {fingerprint}。旧公钥保留，旧私钥已销毁。")
    return 0
