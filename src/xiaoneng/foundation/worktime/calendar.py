"""工作日历: which days are worked, as pure data taken from the State Council's yearly notices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType

WEEKDAYS = "一二三四五六日"
SATURDAY = 5
DAY = timedelta(days=1)


def weekday_name(day: date) -> str:
    """星期: "星期六"."""
    return f"星期{WEEKDAYS[day.weekday()]}"


@dataclass(frozen=True, slots=True)
class Notice:
    """放假通知: the notice that a year's days come from; `number` is its 文号, "" where not known."""

    year: int
    title: str
    number: str = ""

    def __str__(self) -> str:
        return f"{self.title}（{self.number}）" if self.number else self.title


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """特别日: a day that a notice names: a day off (`off`), or a rest day that is worked (调休上班)."""

    day: date
    off: bool
    name: str
    notice: Notice


@dataclass(frozen=True)
class Calendar:
    """工作日历: special days over plain weekdays.

    `covered` holds the years whose notice is published; any other year is *provisional* (暂定): counted on
    plain weekdays and flagged. `version` names the state of the data.
    """

    special: Mapping[date, SpecialDay]
    covered: frozenset[int]
    version: str = ""
    _holidays: frozenset[date] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "special", MappingProxyType(dict(self.special)))
        object.__setattr__(self, "_holidays", frozenset(d for d, s in self.special.items() if s.off))

    def __hash__(self) -> int:
        return hash((self.version, self.covered, len(self.special)))

    def is_working(self, day: date) -> bool:
        """是否工作日."""
        if day in self.special:
            return day not in self._holidays
        return day.weekday() < SATURDAY

    def is_provisional(self, day: date) -> bool:
        """是否暂定: the year's notice is not published (or not entered)."""
        return day.year not in self.covered

    def is_made_up(self, day: date) -> bool:
        """是否调休上班: a Saturday or Sunday that is worked."""
        return day.weekday() >= SATURDAY and self.is_working(day)

    def name(self, day: date) -> str:
        """名称: why the day is off or worked: "国庆节放假", "国庆节调休上班", "周末"; "" for a plain working day."""
        special = self.special.get(day)
        if special is None:
            return "周末" if day.weekday() >= SATURDAY else ""
        if special.off:
            return f"{special.name}放假"
        return f"{special.name}调休上班" if day.weekday() >= SATURDAY else ""

    def basis(self, day: date) -> str:
        """依据: the notice that says so, or the rule of the five-day week."""
        special = self.special.get(day)
        if special is not None:
            return str(special.notice)
        return "国务院关于职工工作时间的规定 7" if day.weekday() >= SATURDAY else ""

    def notice_of(self, year: int) -> Notice | None:
        """某年的通知, None where the year is provisional."""
        if year not in self.covered:
            return None
        found = (s.notice for s in self.special.values() if s.notice.year == year)
        return next(found, None)

    def with_days(self, days: Iterable[SpecialDay], *, year: int, full: bool, version: str) -> Calendar:
        """新版本: this calendar with a notice's days entered.

        A full notice (`full`) replaces all days that an earlier notice of that year gave and makes the year
        covered; a supplementary one (延长假期, 临时调整) only overrides the days it names.
        """
        kept = {d: s for d, s in self.special.items() if not (full and s.notice.year == year)}
        kept.update((s.day, s) for s in days)
        return Calendar(kept, self.covered | {year} if full else self.covered, version)
