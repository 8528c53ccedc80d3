"""期限: the last day (or moment) of a period, with its working shown.

The day or moment of the start is not counted; a period in days, months or years whose last day is a rest day
runs to the next working day; hours run from the moment itself (民法典 201–203).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from xiaoneng.foundation.refusals import Unreadable
from xiaoneng.foundation.worktime.calendar import DAY, Calendar, weekday_name
from xiaoneng.foundation.worktime.days import add_months, roll
from xiaoneng.foundation.worktime.hours import STANDARD, OfficeHours, add_working_time, working_time


class Unit(StrEnum):
    """计量单位: value as written on the command line; `label` in Chinese; `most` is the largest amount taken."""

    label: str
    most: int
    articles: str

    WORKING_DAYS = "wd", "个工作日", 100_000, "201"
    DAYS = "d", "日", 100_000, "201、203"
    MONTHS = "m", "个月", 12_000, "201、202、203"
    YEARS = "y", "年", 1_000, "201、202、203"
    HOURS = "h", "小时", 1_000_000, "201"
    WORKING_HOURS = "wh", "个工作小时", 100_000, "201"
    WORKING_MINUTES = "wm", "个工作分钟", 6_000_000, "201"

    def __new__(cls, value: str, label: str, most: int, articles: str) -> Unit:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label, member.most, member.articles = label, most, articles
        return member

    @property
    def timed(self) -> bool:
        """按时刻计: the period starts and ends at a moment, not on a day."""
        return self in (Unit.HOURS, Unit.WORKING_HOURS, Unit.WORKING_MINUTES)


@dataclass(frozen=True, slots=True)
class Pause:
    """中止: the clock stands still after `since` up to and including `until`.

    In days, the day of stopping has already run and the day of resuming is, like a start day, not counted.
    """

    since: date
    until: date
    reason: str = "暂停计时"


@dataclass(frozen=True, slots=True)
class Mark:
    """经过日: a day on the way that was not counted, or that is a made-up working day, and why."""

    day: date
    name: str
    basis: str

    def __str__(self) -> str:
        basis = f"（依据：{self.basis}）" if self.basis else ""
        return f"{self.day.isoformat()} {weekday_name(self.day)} {self.name}{basis}"


@dataclass(frozen=True, slots=True)
class Deadline:
    """期限: `due` is a date, or a datetime for hours; `start` is the event it runs from.

    `skipped` are the days that did not count, `made_up` the Saturdays and Sundays that did; `nominal` is the
    last day before rollover; `provisional` are the years counted on plain weekdays for want of a notice.
    """

    start: date
    amount: int
    unit: Unit
    due: date
    nominal: date
    skipped: tuple[Mark, ...]
    made_up: tuple[Mark, ...]
    provisional: tuple[int, ...]
    notes: tuple[str, ...]

    @property
    def due_on(self) -> date:
        """到期日."""
        return _day(self.due)

    @property
    def basis(self) -> str:
        """依据: the law in force on the day of the start."""
        articles = f"民法典 {self.unit.articles}"
        day = _day(self.start)
        if day >= date(2021, 1, 1):
            return articles
        former = f"民法总则 {self.unit.articles}" if day >= date(2017, 10, 1) else "民法通则 154"
        return f"{former}（现{articles}）"

    def working(self) -> Iterator[str]:
        """推算过程: Chinese sentences, one per line."""
        kind = "时刻" if self.unit.timed else "当日"
        first = f"起算{kind} {show(self.start)} {weekday_name(_day(self.start))}"
        yield f"{first}{'' if self.unit.timed else '不计入'}，期限 {self.amount} {self.unit.label}。"
        made_up = set(self.made_up)
        for mark in sorted(self.skipped + self.made_up, key=lambda m: m.day):
            yield f"{'计入' if mark in made_up else '不计'}：{mark}"
        if self.nominal != self.due:
            yield f"期末 {show(self.nominal)} 为休息日，顺延至 {show(self.due)} {weekday_name(self.due_on)}。"
        yield from self.notes
        yield f"依据：{self.basis}"


def show(moment: date) -> str:
    """写日期: "2016-04-26" or "2016-04-26 17:30"."""
    return moment.strftime("%Y-%m-%d %H:%M") if isinstance(moment, datetime) else moment.isoformat()


def deadline(
    calendar: Calendar,
    start: date,
    amount: int,
    unit: Unit,
    *,
    pauses: Sequence[Pause] = (),
    hours: OfficeHours = STANDARD,
) -> Deadline:
    """算期限. `start` may be a datetime; a unit of hours needs one. Moments with a zone are taken to 北京时间,
    those without are taken as such. Raises `Unreadable` for an amount or a
    date out of range, or pauses that end before they begin.
    """
    if isinstance(amount, bool) or not 1 <= amount <= unit.most:
        raise Unreadable(f"期限应为 1 到 {unit.most} {unit.label}之间的整数。")
    if unit.timed and not isinstance(start, datetime):
        raise Unreadable("按小时计算的期限需要起算时刻。", basis="民法典 201", remedy="例如 2016-03-28T09:00。")
    start, merged = local(start), merge(pauses)
    try:
        if isinstance(start, datetime) and unit.timed:
            due = _moment_due(calendar, start, amount, unit, merged, hours)
            return _shown(calendar, start, amount, unit, due, due, merged)
        nominal = _last_day(calendar, _day(start), amount, unit, merged)
        return _shown(calendar, _day(start), amount, unit, roll(calendar, nominal), nominal, merged)
    except OverflowError:
        raise Unreadable("期限超出了可以推算的日期范围（公元 9999 年）。") from None


def merge(pauses: Sequence[Pause]) -> tuple[Pause, ...]:
    """合并中止: in order, overlapping ones joined."""
    out: list[Pause] = []
    here = [Pause(local(p.since), local(p.until), p.reason) for p in pauses]
    for pause in sorted(here, key=lambda p: (_end(p.since), _end(p.until))):
        if _end(pause.until) < _end(pause.since):
            raise Unreadable(f"中止期间的结束 {show(pause.until)} 早于开始 {show(pause.since)}。")
        if out and _end(pause.since) <= _end(out[-1].until):
            last = out.pop()
            pause = Pause(last.since, max(last.until, pause.until, key=_end), last.reason)
        out.append(pause)
    return tuple(out)


def local(moment: date) -> date:
    """北京时间: a moment with a zone, moved to Asia/Shanghai; anything else as it is."""
    if isinstance(moment, datetime) and moment.tzinfo is not None:
        from zoneinfo import ZoneInfo

        return moment.astimezone(ZoneInfo("Asia/Shanghai"))
    return moment


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _end(moment: date) -> datetime:
    """The moment itself, or the end of the day, comparable with each other (wall clock)."""
    if isinstance(moment, datetime):
        return moment.replace(tzinfo=None)
    return datetime.combine(moment, time.max)


def _paused(pauses: Sequence[Pause], day: date) -> Pause | None:
    return next((p for p in pauses if _day(p.since) < day <= _day(p.until)), None)


def _last_day(calendar: Calendar, start: date, amount: int, unit: Unit, pauses: Sequence[Pause]) -> date:
    if unit is Unit.WORKING_DAYS:
        day, left = start, amount
        while left:
            day += DAY
            left -= calendar.is_working(day) and _paused(pauses, day) is None
        return day
    if unit is Unit.DAYS:
        day = start + timedelta(days=amount)
    else:
        day = add_months(start, amount * (12 if unit is Unit.YEARS else 1))
    for pause in pauses:
        since, until = max(_day(pause.since), start), _day(pause.until)
        if since < day and since < until:
            day += until - since
    return day


def _moment_due(
    calendar: Calendar, start: datetime, amount: int, unit: Unit, pauses: Sequence[Pause], hours: OfficeHours
) -> datetime:
    def ahead(length: timedelta) -> datetime:
        if unit is Unit.HOURS:
            return start + length
        return add_working_time(calendar, start, length, hours)

    length = timedelta(minutes=amount) if unit is Unit.WORKING_MINUTES else timedelta(hours=amount)
    due = ahead(length)
    for pause in pauses:
        since, until = (_end(m).replace(tzinfo=start.tzinfo) for m in (pause.since, pause.until))
        since = max(since, start)
        if since < due and since < until:
            length += until - since if unit is Unit.HOURS else working_time(calendar, since, until, hours)
            due = ahead(length)
    return due


def _shown(
    calendar: Calendar, start: date, amount: int, unit: Unit, due: date, nominal: date, pauses: Sequence[Pause]
) -> Deadline:
    skipped, made_up = [], []
    # Rest days are passed over all the way in working time; in calendar time only where the last day rolls.
    by_work = unit in (Unit.WORKING_DAYS, Unit.WORKING_HOURS, Unit.WORKING_MINUTES)
    day, last = _day(start), _day(due)
    while day < last:
        day += DAY
        pause = None if unit.timed else _paused(pauses, day)
        if pause is not None and day <= _day(nominal):
            skipped.append(Mark(day, pause.reason, ""))
        elif not calendar.is_working(day):
            if by_work or day >= _day(nominal):
                skipped.append(Mark(day, calendar.name(day), calendar.basis(day)))
        elif calendar.is_made_up(day) and (by_work or (day == last and unit is not Unit.HOURS)):
            made_up.append(Mark(day, calendar.name(day), calendar.basis(day)))
    years = range(_day(start).year, last.year + 1)
    provisional = () if unit is Unit.HOURS else tuple(y for y in years if y not in calendar.covered)
    return Deadline(
        start, amount, unit, due, nominal, tuple(skipped), tuple(made_up), provisional,
        tuple(_notes(calendar, unit, last, provisional)),
    )  # fmt: skip


def _notes(calendar: Calendar, unit: Unit, last: date, provisional: Sequence[int]) -> Iterator[str]:
    if provisional:
        years = "、".join(str(y) for y in provisional[:5]) + ("等" if len(provisional) > 5 else "")
        yield f"暂定：{years} 年的放假安排没有录入，按周一至周五推算；录入国务院办公厅通知后重新计算。"
    elif unit is not Unit.HOURS and (last.month, last.day) >= (12, 25) and last.year + 1 not in calendar.covered:
        yield f"提示：{last.year + 1} 年的放假安排没有录入，元旦调休可能涉及 {last.year} 年年末。"
