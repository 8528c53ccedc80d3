"""xiaoneng createadmin: a one-time link, opened on this machine, that signs in as an administrator."""

from __future__ import annotations

import argparse

from xiaoneng.commands import django_ready


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--username", default="admin", help="管理员用户名，默认 admin；没有则建立，有则可重设密码")
    parser.add_argument("--site", default="http://127.0.0.1:8000", help="网站地址，默认 http://127.0.0.1:8000")


def run(arguments: argparse.Namespace) -> int:
    django_ready(migrate=True)
    from django.utils import timezone

    from xiaoneng.kernel.organisation import api as organisation

    path = organisation.administrator_link(arguments.username, timezone.now())
    print(f"管理员登录链接（一次有效，一小时内，仅限本机）：{arguments.site.rstrip('/')}{path}")
    return 0
