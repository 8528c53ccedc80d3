"""启动与看护: the processes of one start (web, jobs, tick), watched and restarted by one parent."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType

from xiaoneng.foundation.refusals import Refused

WARM_UP_SECONDS = 60
STOP_SECONDS = 15
LONGEST_PAUSE = 30.0


@dataclass
class Process:
    """进程: one child and how often it has died lately."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    child: subprocess.Popen[bytes] | None = None
    deaths: int = 0
    start_after: float = 0.0
    started: float = field(default=0.0)

    def start(self) -> None:
        # A session of its own: Ctrl-C reaches the parent only, which then stops the children in order.
        self.child = subprocess.Popen(self.command, env=dict(self.environment), start_new_session=True)  # noqa: S603
        self.started = time.monotonic()

    def tend(self) -> None:
        """Restart a dead child, waiting longer after each early death."""
        now = time.monotonic()
        if self.child is not None and self.child.poll() is not None:
            self.deaths = 0 if now - self.started > 60 else self.deaths + 1
            pause = min(LONGEST_PAUSE, 0.5 * 2**self.deaths)
            print(
                f"进程 {self.name} 意外退出（状态 {self.child.returncode}），{pause:.0f} 秒后重新启动。",
                file=sys.stderr,
            )
            self.child, self.start_after = None, now + pause
        if self.child is None and now >= self.start_after:
            self.start()

    def stop(self) -> None:
        if self.child is None or self.child.poll() is not None:
            return
        self.child.terminate()
        try:
            self.child.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()


def require_free_port(host: str, port: int) -> None:
    """Raises `Refused` where something else already listens on the port."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Refused(
                f"端口 {port} 无法使用（{error.strerror}）。",
                remedy=f"可能系统已在运行；也可换一个端口，例如：XIAONENG_PORT={port + 1} bin/run",
            ) from error


def web(host: str, port: int, *, workers: int) -> Process:
    """网站: granian serving WSGI."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    command += ["--workers", str(workers), "--blocking-threads", "4", "--respawn-failed-workers", "--no-ws"]
    command += ["--log-level", "warning", "--workers-kill-timeout", "10", "xiaoneng.wsgi:application"]
    return Process("web", command, os.environ)


def part(name: str) -> Process:
    """后台进程: `jobs` runs queued work, `tick` runs what is due by the clock."""
    return Process(name, [sys.executable, "-m", "xiaoneng.commands.part", name], os.environ)


def supervise(processes: Sequence[Process], *, when_warm: Callable[[], None], health: str) -> int:
    """看护: start all, call `when_warm` once the site answers, restart what dies, stop all on a signal."""
    stop = threading.Event()

    def ask_to_stop(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, ask_to_stop)
    deadline, warm, failed = time.monotonic() + WARM_UP_SECONDS, False, False
    try:
        for process in processes:
            process.start()
        while not stop.wait(0.1 if not warm else 1.0):
            for process in processes:
                process.tend()
            if not warm and is_healthy(health):
                warm = True
                when_warm()
            if not warm and time.monotonic() > deadline:
                print("网站在一分钟内没有就绪，已停止。请查看上面的错误，或运行 xiaoneng doctor。", file=sys.stderr)
                failed = True
                break
    finally:
        for process in reversed(processes):
            process.stop()
    return int(failed)


def is_healthy(url: str) -> bool:
    """Whether the site answers that it is warm."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=2) as answer:
            return int(answer.status) == 200
    except (urllib.error.URLError, OSError):
        return False
