"""xiaoneng deadline 2016-03-28 20wd: the date on the first line, then how it was found."""

from __future__ import annotations

import argparse
import json
import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

from xiaoneng.foundation.refusals import Unreadable
from xiaoneng.foundation.worktime import STANDARD, Calendar, Deadline, Mark, Unit, deadline, parse_hours, seeded, show
from xiaoneng.foundation.worktime.calendar import weekday_name

DAY = re.compile(r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|年(\d{1,2})月(\d{1,2})日|(\d{2})(\d{2}))$")
TIME = re.compile(r"(\d{1,2})[:：](\d{2})$")
AMOUNT = re.compile(r"(\d{1,9})\s*([a-z]+|[一-鿿]+)$")
WORDS = {
    "工作日": Unit.WORKING_DAYS,
    "个工作日": Unit.WORKING_DAYS,
    "日": Unit.DAYS,
    "天": Unit.DAYS,
    "个月": Unit.MONTHS,
    "月": Unit.MONTHS,
    "年": Unit.YEARS,
    "小时": Unit.HOURS,
    "个小时": Unit.HOURS,
    "工作小时": Unit.WORKING_HOURS,
    "个工作小时": Unit.WORKING_HOURS,
    "工作分钟": Unit.WORKING_MINUTES,
    "个工作分钟": Unit.WORKING_MINUTES,
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("start", help="起算日 2016-03-28，或起算时刻 2016-03-28T09:00")
    units = "、".join(f"{unit.value} {unit.label}" for unit in Unit)
    parser.add_argument("amount", help=f"期限，如 20wd（{units}）")
    parser.add_argument("--hours", help=f"办公时间，默认 {STANDARD}")
    parser.add_argument("--notice", type=Path, help="先录入一份放假通知（文本文件），再推算")
    parser.add_argument("--json", action="store_true", help="输出 JSON")


def run(arguments: argparse.Namespace) -> int:
    hours = parse_hours(arguments.hours) if arguments.hours is not None else STANDARD
    amount, unit = parse_amount(arguments.amount)
    found = deadline(calendar_with(arguments.notice), parse_start(arguments.start), amount, unit, hours=hours)
    if arguments.json:
        print(json.dumps(as_json(found), ensure_ascii=False, indent=2))
    else:
        print(show(found.due))
        for line in found.working():
            print(line)
    return 0


def calendar_with(path: Path | None) -> Calendar:
    """日历: the shipped one, with the notice in a text file laid over it. Raises `Unreadable`."""
    if path is None:
        return seeded()
    from xiaoneng.foundation.worktime.notice import MOST_CHARACTERS, parse_notice

    try:
        with path.open(encoding="utf-8-sig") as file:
            text = file.read(MOST_CHARACTERS + 1)
    except (OSError, UnicodeDecodeError, ValueError):
        raise Unreadable(f"读不到通知文件“{path}”。", remedy="请给出存在的 UTF-8 文本文件。") from None
    parsed = parse_notice(text, base=seeded()).require()
    year = parsed.notice.year
    return seeded().with_days(parsed.days, year=year, full=parsed.full, version=str(parsed.notice))


def parse_start(text: str) -> date:
    """读起算日 (or, with a time after T or a space, 起算时刻). Raises `Unreadable`."""
    head, _, tail = text.strip().replace("T", " ").partition(" ")
    shape = DAY.match(head) if head.isascii() or "年" in head else None
    if shape is None:
        raise Unreadable(f"日期“{text[:40]}”读不懂。", remedy="请写成 2016-03-28 或 2016-03-28T09:00。")
    year, month, day = (int(part) for part in shape.groups() if part is not None)
    try:
        found = date(year, month, day)
    except ValueError:
        raise Unreadable(f"没有 {year} 年 {month} 月 {day} 日这一天。", remedy="请核对起算日。") from None
    if not tail.strip():
        return found
    clock = TIME.match(tail.strip())
    if clock is None or int(clock[1]) > 23 or int(clock[2]) > 59:
        raise Unreadable(f"时刻“{tail[:40]}”读不懂。", remedy="请写成 09:00 这样的 24 小时制时刻。")
    return datetime(year, month, day, int(clock[1]), int(clock[2]))  # noqa: DTZ001 - wall clock of the office


def parse_amount(text: str) -> tuple[int, Unit]:
    """读期限: "20wd", "5个工作日". Raises `Unreadable`."""
    shape = AMOUNT.match(text.strip().lower()) if len(text) < 40 else None
    if shape is not None:
        unit = WORDS.get(shape[2]) or next((u for u in Unit if u.value == shape[2]), None)
        if unit is not None:
            return int(shape[1]), unit
    units = "、".join(f"{unit.value}（{unit.label}）" for unit in Unit)
    raise Unreadable(f"期限“{text[:40]}”读不懂。", remedy=f"请写成正整数加单位，例如 20wd；单位有 {units}。")


def as_json(found: Deadline) -> dict[str, Any]:
    """期限的 JSON: dates in ISO form; `provisional` is true where a year on the way has no notice yet."""

    def mark(item: Mark) -> dict[str, str]:
        return {"date": item.day.isoformat(), "weekday": weekday_name(item.day), "name": item.name, "basis": item.basis}

    return {
        "due": found.due.isoformat(),
        "start": found.start.isoformat(),
        "amount": found.amount,
        "unit": found.unit.value,
        "nominal": found.nominal.isoformat(),
        "rolled": found.nominal != found.due,
        "skipped": [mark(item) for item in found.skipped],
        "made_up": [mark(item) for item in found.made_up],
        "provisional": bool(found.provisional),
        "provisional_years": list(found.provisional),
        "notes": list(found.notes),
        "basis": found.basis,
    }
