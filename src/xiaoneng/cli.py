"""xiaoneng: the command line. Each command is a small file in `commands/`; this file only wires them."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from xiaoneng.foundation.refusals import Refused

# name -> (module, one line of help). A module has `add_arguments(parser)` and `run(arguments) -> int`,
# and is imported only when its command is called: `read` must not pay for Django.
COMMANDS = {
    "up": ("xiaoneng.commands.up", "启动网站、后台作业与定时任务"),
    "read": ("xiaoneng.commands.read", "读一份方案，列出任务、目标、频次与疑点"),
    "import": ("xiaoneng.commands.import_plan", "把一份方案导入并启动为工作计划"),
    "export": ("xiaoneng.commands.export", "导出任务（Excel）"),
    "deadline": ("xiaoneng.commands.deadline", "计算期限并写出过程"),
    "ledger": ("xiaoneng.commands.ledger", "台账：核验、导出、见证"),
    "createadmin": ("xiaoneng.commands.createadmin", "生成管理员一次性登录链接"),
    "doctor": ("xiaoneng.commands.doctor", "检查环境：缺什么、怎么办"),
}


class Parser(argparse.ArgumentParser):
    """命令行: tells in Chinese how a command is written, with status 2."""

    def error(self, _message: str) -> NoReturn:
        usage = self.format_usage().removeprefix("usage: ").strip()
        self.exit(2, f"命令写法有误。用法：{usage}\n运行 {self.prog} --help 查看说明。\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status: 0 done, 1 a check found something wrong, 2 refused or bad input."""
    parser = Parser(prog="xiaoneng", description="效能：读方案，办方案。")
    parser.add_argument(
        "command", choices=COMMANDS, metavar="command", help="；".join(f"{k} {v[1]}" for k, v in COMMANDS.items())
    )
    parser.add_argument("arguments", nargs=argparse.REMAINDER)
    given = parser.parse_args(sys.argv[1:] if argv is None else argv)
    module = import_module(COMMANDS[given.command][0])
    sub = Parser(prog=f"xiaoneng {given.command}", description=COMMANDS[given.command][1])
    module.add_arguments(sub)
    arguments = sub.parse_args(given.arguments)
    try:
        return int(module.run(arguments))
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 2
    except BrokenPipeError:
        # The reader (`| head`) has had enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    except PermissionError as error:
        print(f"没有权限访问 {error.filename}：请检查数据目录与文件的权限。", file=sys.stderr)
        return 2
    except Exception as error:
        if type(error).__name__ == "ImproperlyConfigured":
            print(error, file=sys.stderr)
            return 2
        if not type(error).__module__.startswith(("django.db", "psycopg", "sqlite3")):
            raise
        print(f"数据库不可用：{error}", file=sys.stderr)
        print("请运行 xiaoneng doctor 查看原因；数据表未升级时，运行 xiaoneng up 会自动升级。", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
