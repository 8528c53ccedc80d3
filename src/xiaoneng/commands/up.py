"""xiaoneng up: migrate, prepare static files, serve; the first start prints the one-time link."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from xiaoneng.commands import django_ready
from xiaoneng.foundation.refusals import Refused


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--plan", type=Path, help="启动前导入这份方案（已导入的不会重复）")
    parser.add_argument("--host", default=os.environ.get("XIAONENG_HOST", "127.0.0.1"), help="监听地址，默认仅本机")
    parser.add_argument("--port", type=int, default=None, help="端口，默认 XIAONENG_PORT 或 8000")
    parser.add_argument("--workers", type=int, default=1, help="网站进程数（SQLite 用 1）")


def run(arguments: argparse.Namespace) -> int:
    from xiaoneng import serving

    port = arguments.port if arguments.port is not None else _port(os.environ.get("XIAONENG_PORT", "8000"))
    serving.require_free_port(arguments.host, port)
    django_ready(migrate=True)
    _collect_static()
    if arguments.plan is not None:
        from xiaoneng.commands import import_plan

        import_plan.start(arguments.plan)

    site = f"http://127.0.0.1:{port}"

    def announce() -> None:
        from django.utils import timezone

        from xiaoneng.kernel.organisation import api as organisation

        print(f"效能已启动：{site}/  （按 Ctrl-C 停止）", flush=True)
        link = organisation.first_link(timezone.now())
        if link:
            print(f"首次登录（一次有效，仅限本机）：{site}{link}", flush=True)

    processes = [
        serving.web(arguments.host, port, workers=arguments.workers),
        serving.part("jobs"),
        serving.part("tick"),
    ]
    return serving.supervise(processes, when_warm=announce, health=f"{site}/healthz")


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise Refused(f"端口“{text}”无效。", remedy="XIAONENG_PORT 应为 1 到 65535 之间的整数，例如 8000。")
    return int(text)


def _collect_static() -> None:
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
