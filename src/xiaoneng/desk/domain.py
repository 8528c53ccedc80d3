"""督办灯与年历: pure rules of what the desk shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

NEAR = timedelta(days=14)
BEHIND = 10


@dataclass(frozen=True, slots=True)
class Light:
    """督办灯: blue 临期 (due within 14 days), yellow 滞后 (10 points or more behind the time that has passed),
    red 逾期 (方案 2(1)); `detail` says by how much. Colour never stands alone.
    """

    colour: Literal["blue", "yellow", "red"]
    word: str
    detail: str


def light(*, deadline: date | None, opened_on: date, progress: int, today: date) -> Light | None:
    """督办灯 of an open task, the most urgent one; None where nothing presses or no deadline is set."""
    if deadline is None:
        return None
    left = (deadline - today).days
    if left < 0:
        return Light("red", "逾期", f"{-left} 天")
    lag = expected(opened_on, deadline, today) - progress
    if lag >= BEHIND:
        return Light("yellow", "滞后", f"{lag} 个百分点")
    if left <= NEAR.days:
        return Light("blue", "临期", f"还剩 {left} 天" if left else "今天到期")
    return None


def expected(opened_on: date, deadline: date, today: date) -> int:
    """应达进度 in percent: the share of the time from opening to deadline that has passed."""
    whole, gone = (deadline - opened_on).days, (today - opened_on).days
    if whole <= 0:
        return 100 if gone >= 0 else 0
    return max(0, min(100, gone * 100 // whole))


@dataclass(frozen=True, slots=True)
class Day:
    """应办日: a day on which a duty falls; `rest` names the rest day ("周末", "国庆节放假"), "" on a working day."""

    on: date
    rest: str = ""


def by_month(days: Iterable[Day]) -> list[list[Day]]:
    """按月: twelve lists, January first."""
    months: list[list[Day]] = [[] for _ in range(12)]
    for day in days:
        months[day.on.month - 1].append(day)
    return months
