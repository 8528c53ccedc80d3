"""xiaoneng read: what a plan says, for a person or as JSON."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from xiaoneng.foundation.blocks import Document
from xiaoneng.foundation.refusals import Unreadable
from xiaoneng.kernel.documents.reading import read_file
from xiaoneng.programme.reading import Plan, Task, read_plan
from xiaoneng.programme.reading.units import is_open


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", type=Path, help="方案文件：docx、pdf、html、txt、md、xlsx、xls、csv（doc、wps 需装有 LibreOffice）"
    )
    parser.add_argument("--json", action="store_true", help="输出 JSON")


def run(arguments: argparse.Namespace) -> int:
    document = _read(arguments.file)
    plan = read_plan(document)
    if not plan.tasks:
        raise Unreadable(
            "这份文件里没有读到任务：没有带责任单位的任务表，没有责任条款，也没有写明由谁办、何时办的语句。",
            remedy="请确认选的是工作方案或任务分解表；若任务在附件里，请读附件。",
        )
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    if arguments.json:
        json.dump(plan.as_json(), sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        print(summary(plan, document.notes))
    return 0


def _read(path: Path) -> Document:
    if path.suffix.lower() != ".pdf" or not path.is_file():
        return read_file(path)
    # How much work a PDF is, the PDF decides: it gets a process with limits on memory and time.
    from xiaoneng.kernel.documents.reading import isolation

    return isolation.read(path.resolve(), path.name)


def summary(plan: Plan, notes: tuple[str, ...] = ()) -> str:
    """摘要: the plan for a person: header, tasks under their headings, findings."""
    facts = [
        ("发文机关", plan.issuer),
        ("文号", plan.document_number),
        ("成文日期", plan.issued_on),
        ("主送", "、".join(plan.recipients)),
    ]
    lines = [plan.title or "（文中没有标题）", *(f"  {name}：{value}" for name, value in facts if value)]
    measures = f"{len(plan.measures)} 项举措，" if plan.measures else ""
    results = [(plan.tasks, "项任务"), (plan.targets, "个目标"), (plan.cadences, "个频次"), (plan.findings, "处疑点")]
    lines.append("  " + measures + "，".join(f"{len(found)} {name}" for found, name in results))
    heading: tuple[str, ...] = ()
    for task in plan.tasks:
        above = task.path or tuple(x for x in (task.action, task.measure) if x)
        if above != heading:
            heading = above
            lines += ["", " › ".join(above)] if above else [""]
        lines.append(_line(task))
    if plan.findings:
        lines += ["", "疑点（不会自动改正）"]
        lines += [
            f"  第 {f.line} 行：{f.message}" + (f" 建议：{f.suggestion}" if f.suggestion else "") for f in plan.findings
        ]
    lines += [f"  注意：{note}" for note in notes]
    return "\n".join(lines)


def _line(task: Task) -> str:
    units = "、".join(task.lead_units) or "（未写明责任单位）"
    if task.support_units:
        units += "；配合：" + "、".join(task.support_units)
    limit = task.deadline or task.deadline_text
    if task.others and not any(is_open(n) for n in task.units):
        units += " 等"
    return f"  {task.number:>3}. {task.task}　［{units}］" + (f"　时限：{limit}" if limit else "")
