"""Reading plans: how well and how fast.

    .venv/bin/python bench/reading.py [--truth DIR --docs DIR]

1. Quality on hand-read documents: task F1, unit F1, deadlines, headers (the figures of `score_reading.py`).
2. In-process time of the 2016 plan, and the whole process against a bare Python that imports the same modules.
3. A thousand mixed documents, one after another: documents a second, and whether memory grows.
4. Hostile text: how time grows when the text grows eightfold (8 is proportion, 64 a square law).

Each time is the least, the median and the most of its repeats; ratios are of medians taken in this run.
"""

from __future__ import annotations

import argparse
import itertools
import json
import resource
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from xiaoneng.foundation.blocks import Document, Paragraph
from xiaoneng.foundation.refusals import Unreadable
from xiaoneng.kernel.documents.reading import read_file
from xiaoneng.programme.reading import Plan, read_plan

PLANS = Path(__file__).resolve().parents[2] / "shared" / "data" / "plans"
HEADERS = ("title", "issuer", "document_number", "issued_on")
HOSTILE = ["（", "。（市水务局负责", "一、", "市水务局、", "责任单位：", "2019年", "的", "由", "“", "1."]


def squeezed(text: str | None) -> str:
    return "".join((text or "").split())


def f1(hits: int, found: int, wanted: int) -> float:
    return 2 * hits / (found + wanted) if found + wanted else 1.0


def readings(task: dict[str, Any]) -> Iterable[dict[str, Any]]:
    return [task, *({**task, **other} for other in task.get("alt") or [])]


def score(truth: dict[str, Any], plan: Plan) -> Counter[str]:
    """The counts behind the four figures for one document; a missed task counts all its units as missed."""
    total: Counter[str] = Counter()
    texts = {t.number: squeezed(t.text + t.task + t.steps + t.target) for t in plan.tasks}
    for want in truth["tasks"]:
        starts = [squeezed(s)[:14] for s in (want["text_start"], *(want.get("alt_text_starts") or ()))]
        number = next((n for n, text in texts.items() if any(s in text for s in starts)), None)
        wanted = set(want["lead_units"]) | set(want["support_units"])
        total["dated"] += want["deadline"] is not None
        if number is None:
            total["units wanted"] += len(wanted)
            continue
        del texts[number]
        task = plan.tasks[number - 1]
        total["task hits"] += 1
        options = []
        for reading in readings(want):
            named = set(reading["lead_units"]) | set(reading["support_units"])
            open_ = set(reading.get("open_units") or ())
            open_ = set() if open_ >= named else open_
            found, right = set(task.units) - open_, named - open_
            options.append((f1(len(found & right), len(found), len(right)), len(found & right), len(found), len(right)))
        _, hits, found_count, right_count = max(options)
        total.update({"unit hits": hits, "units found": found_count, "units wanted": right_count})
        total["dates right"] += want["deadline"] is not None and task.deadline == want["deadline"]
        total["dated"] += want["deadline"] is None and bool(task.deadline) and not want["deadline_text"]
    optional = [squeezed(o["text_start"])[:14] for o in truth["optional_tasks"]]
    extra = sum(not any(o in text for o in optional) for text in texts.values())
    total["tasks found"] = total["task hits"] + extra
    total["tasks wanted"] = len(truth["tasks"])
    for field in HEADERS:
        if truth.get(field):
            total["headers"] += 1
            allowed = [truth[field], truth.get(f"alt_{field}") or []]
            flat = [a for x in allowed for a in ([x] if isinstance(x, str) else x)]
            total["headers right"] += squeezed(getattr(plan, field)) in [squeezed(a) for a in flat]
    return total


def quality(truth_folder: Path, docs: Path) -> None:
    total: Counter[str] = Counter()
    for path in sorted(truth_folder.glob("*.json")):
        truth = json.loads(path.read_text("utf-8"))
        for doc in sorted(d for d in docs.glob(f"{path.stem}.*") if d.suffix != ".tsv"):
            total += score(truth, read_plan(read_file(doc)))
    print(
        f"quality   task F1 {f1(total['task hits'], total['tasks found'], total['tasks wanted']):.3f}"
        f" | unit F1 {f1(total['unit hits'], total['units found'], total['units wanted']):.3f}"
        f" | deadlines {total['dates right']}/{total['dated']} | headers {total['headers right']}/{total['headers']}"
    )


def timed(act: Callable[[], object], repeats: int) -> list[float]:
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return times


def said(times: list[float]) -> str:
    return f"{min(times) * 1e3:.1f} / {statistics.median(times) * 1e3:.1f} / {max(times) * 1e3:.1f} ms"


def speed(path: Path) -> None:
    document = read_file(path)
    read_plan(document)
    print(f"in-process {path.name}: {said(timed(lambda: read_plan(document), 21))} (aim: 30 ms)")
    xiaoneng = Path(sys.executable).with_name("xiaoneng")
    whole = timed(lambda: run(str(xiaoneng), "read", str(path), "--json"), 11)
    for peer, modules in (("python-docx", "docx"), ("pdfplumber", "pdfplumber"), ("lxml.html", "lxml.html")):
        bare = timed(lambda m=modules: run(sys.executable, "-c", f"import json, {m}"), 11)  # type: ignore[misc]
        ratio = statistics.median(whole) / statistics.median(bare)
        print(f"process   {said(whole)}; bare Python importing {peer}: {said(bare)}; ratio {ratio:.2f} (aim: 3)")


def run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


def stream(folder: Path, count: int) -> None:
    paths = sorted(p for p in folder.rglob("*") if p.suffix in (".txt", ".html"))
    sizes = 0
    tasks = 0
    after_first_round = 0
    start = time.perf_counter()
    for n, path in zip(range(count), itertools.cycle(paths), strict=False):
        try:
            tasks += len(read_plan(read_file(path)).tasks)
        except Unreadable:
            continue
        finally:
            sizes += path.stat().st_size
        if n == len(paths):
            after_first_round = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        f"stream    {count} documents, {sizes / 1e6:.1f} MB, {tasks} tasks: {count / seconds:.0f} documents/s;"
        f" peak memory {peak / 1024:.0f} MB, {(peak - after_first_round) / 1024:+.0f} MB after the first round"
    )


def hostile(length: int) -> None:
    def least(unit: str, size: int) -> float:
        document = Document((Paragraph((unit * size)[:size], 1),), "txt")
        return min(timed(lambda: read_plan(document), 2))

    growths = []
    for unit in HOSTILE:
        large = least(unit, 8 * length)
        growths.append((large / least(unit, length), unit, large))
    growth, unit, seconds = max(growths)
    print(
        f"hostile   {8 * length} characters, eight times {length}: time grows"
        f" {statistics.median(g for g, _, _ in growths):.1f}-fold at the median,"
        f" {growth:.1f}-fold at worst ({unit!r}, {seconds:.2f} s)"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--truth", type=Path, default=PLANS / "truth")
    parser.add_argument("--docs", type=Path, default=PLANS / "docs")
    parser.add_argument("--count", type=int, default=1000)
    arguments = parser.parse_args()
    if not arguments.truth.is_dir():
        sys.exit(f"no documents at {arguments.truth}")
    quality(arguments.truth, arguments.docs)
    speed(arguments.docs / "xiaoneng-2016.txt")
    hostile(4_000)
    stream(arguments.docs.parent, arguments.count)


if __name__ == "__main__":
    main()
