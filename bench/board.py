"""看板与检索的快慢: board, filtered board and search with 100,000 tasks beside the same pages with 100.

    .venv/bin/python bench/board.py [LARGE] [ROUNDS]

Both programmes are started through the service that imports start them with, each in a throw-away SQLite database
of its own. One process per size answers whole requests (middleware, view, template); the two take turns, so that both
meet the same noise. Printed: p95 of each, their ratio, and min/median/max. Claim: each ratio is at most 2.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from typing import Any

SMALL = 100
Taken = tuple[float, float]
PAGES = {
    "看板": "/board/",
    "看板，按单位": "/board/?unit={unit}",
    "看板，按状态": "/board/?state=waiting",
    "看板，两周内到期": "/board/?due=soon",
    "检索，常见词": "/search/?q=事项",
    "检索，两个词": "/search/?q=整理 报告",
    "检索，一个字": "/search/?q=督",
    "检索，没有的词": "/search/?q=龘靐",
}


def answer(tasks: int) -> None:
    """One size: build, then answer the pages named on standard input with the seconds each took."""
    from xiaoneng.commands import django_ready

    django_ready(migrate=True)
    from django.core.management import call_command
    from django.test import Client
    from django.utils import timezone

    from xiaoneng.kernel.jobs import upkeep
    from xiaoneng.kernel.organisation.testing import build_office
    from xiaoneng.programme.testing import start_programme

    call_command("collectstatic", interactive=False, verbosity=0)
    office = build_office()
    started = time.perf_counter()
    start_programme(reading(tasks))
    upkeep.refresh_statistics(timezone.now())
    client = Client(SERVER_NAME="localhost")
    client.force_login(office.supervisor)
    print(json.dumps({"unit": office.units["督查室"].pk, "seconds": time.perf_counter() - started}), flush=True)
    for line in sys.stdin:
        path = line.strip()
        began, worked = time.perf_counter(), time.process_time()
        response = client.get(path)
        took, work = time.perf_counter() - began, time.process_time() - worked
        assert response.status_code == 200, (path, response.status_code)
        print(json.dumps({"took": took, "work": work}), flush=True)


def reading(tasks: int) -> dict[str, Any]:
    """A plan of so many tasks under four actions and twelve measures."""
    from xiaoneng.programme.testing import plan_reading, task_reading

    verbs = ("督查", "整理", "公开", "压缩", "核对", "改进", "通报", "培训")
    things = ("办理事项", "证明事项", "工作报告", "办事流程", "时限", "服务窗口", "台账")
    units = ("综合一处", "综合二处", "督查室", "人事处", "秘书一处", "监察室")
    rows = []
    for n in range(1, tasks + 1):
        action, measure = n * 4 // (tasks + 1), n * 12 // (tasks + 1)
        rows.append(
            task_reading(
                n,
                f"{verbs[n % 8]}第{n}批{things[n % 7]}",
                action=f"行动{action + 1}",
                measure=f"{measure + 1}.举措",
                measure_number=measure + 1,
                steps=f"按月{verbs[n % 5]}并形成报告",
                lead_units=[units[n % 6]],
                support_units=[units[(n + 1) % 6]],
                deadline=f"2027-{n % 12 + 1:02}-{n % 28 + 1:02}",
                deadline_text="",
            )
        )
    measures = [
        {"number": m + 1, "action": f"行动{m // 3 + 1}", "title": "举措", "items": [], "line": m} for m in range(12)
    ]
    return plan_reading(tasks=rows, measures=measures, targets=[], cadences=[], findings=[])


class Size:
    """One size's process."""

    def __init__(self, tasks: int, folder: str) -> None:
        environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"} | {"XIAONENG_DATA": folder}
        command = [sys.executable, __file__, "--answer", str(tasks)]
        self.child = subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.facts = self.read()

    def read(self) -> dict[str, Any]:
        assert self.child.stdout is not None
        line = self.child.stdout.readline()
        if not line:
            sys.exit("the process ended early")
        found: dict[str, Any] = json.loads(line)
        return found

    def ask(self, path: str) -> Taken:
        assert self.child.stdin is not None
        self.child.stdin.write(path.format(**self.facts) + "\n")
        self.child.stdin.flush()
        answer = self.read()
        return answer["took"], answer["work"]

    def end(self) -> None:
        assert self.child.stdin is not None
        self.child.stdin.close()
        self.child.wait()


def p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def shown(taken: list[Taken]) -> str:
    times = [took * 1e3 for took, _ in taken]
    return f"{p95(times):6.1f}（{min(times):5.1f} {statistics.median(times):5.1f} {max(times):5.1f}）"


def ratios(few: list[Taken], many: list[Taken]) -> tuple[float, float]:
    """p95 of the clock and of the processor's time: the second shows how much of the first is others' noise."""
    clock, work = (p95([t[of] for t in many]) / p95([t[of] for t in few]) for of in (0, 1))
    return clock, work


def main(large: int, rounds: int) -> int:
    with tempfile.TemporaryDirectory() as small_folder, tempfile.TemporaryDirectory() as large_folder:
        sizes = (Size(SMALL, small_folder), Size(large, large_folder))
        print(f"{SMALL} 项：导入 {sizes[0].facts['seconds']:.1f} 秒；{large} 项：{sizes[1].facts['seconds']:.1f} 秒")
        print(f"每页 {rounds} 次，两种规模交替；毫秒：p95（最小 中位 最大）；比值：p95 时钟、p95 处理器")
        worst = 0.0
        try:
            for name, path in PAGES.items():
                taken: tuple[list[Taken], list[Taken]] = ([], [])
                for turn in range(-3, rounds):
                    for size, times in zip(sizes, taken, strict=True):
                        answer = size.ask(path)
                        if turn >= 0:
                            times.append(answer)
                clock, work = ratios(*taken)
                worst = max(worst, clock)
                print(f"{name:　<8} {shown(taken[0])} → {shown(taken[1])}  {clock:.2f}  {work:.2f}", flush=True)
        finally:
            for size in sizes:
                size.end()
    print(f"最大比值 {worst:.2f}（要求不超过 2）")
    return int(worst > 2)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--answer"]:
        answer(int(sys.argv[2]))
    else:
        given = [int(a) for a in sys.argv[1:]]
        sys.exit(main(*(given + [100_000, 60][len(given) :])))
