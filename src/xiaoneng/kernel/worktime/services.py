"""录入放假通知: preview, then enter; each entry is a new version of the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from xiaoneng.events.worktime import CalendarImported
from xiaoneng.foundation.actors import Actor
from xiaoneng.foundation.refusals import Conflict
from xiaoneng.foundation.worktime import Calendar
from xiaoneng.foundation.worktime.notice import ParsedNotice, parse_notice
from xiaoneng.kernel.ledger import api as ledger
from xiaoneng.kernel.worktime.models import EnteredNotice, encode
from xiaoneng.kernel.worktime.queries import calendar, current_version


@dataclass(frozen=True, slots=True)
class Preview:
    """预览: what the notice says, what it would change, and the version that it was compared with."""

    parsed: ParsedNotice
    version: int
    after: Calendar
    changed: tuple[date, ...]


def preview_notice(*, text: str, year: int | None = None) -> Preview:
    """预览. Raises `Unreadable` for a text that is no notice; smaller faults are in `parsed.problems`."""
    version = current_version()
    before = calendar(version=version)
    parsed = parse_notice(text, year=year, base=before)
    noticed = parsed.notice.year
    after = before.with_days(parsed.days, year=noticed, full=parsed.full, version=f"{version + 1}")
    days = set(before.special) | set(after.special)
    changed = sorted(d for d in days if before.is_working(d) != after.is_working(d))
    return Preview(parsed, version, after, tuple(changed))


def import_notice(
    *, text: str, actor: Actor, at: datetime, year: int | None = None, expected_version: int | None = None
) -> EnteredNotice:
    """录入: a new version of the calendar, with its ledger event; deadlines are recomputed by those who hear of it.

    Raises `Unreadable` for a notice with problems, `Conflict` when the calendar has moved on since the preview
    (`expected_version`) or the same notice is entered already.
    """
    preview = preview_notice(text=text, year=year)
    parsed = preview.parsed.require()
    if expected_version is not None and expected_version != preview.version:
        raise _overtaken()
    days = encode(parsed.days)
    same = EnteredNotice.objects.filter(year=parsed.notice.year, title=parsed.notice.title).order_by("version").last()
    if same is not None and same.days == days and same.number == parsed.notice.number:
        raise Conflict(f"《{same.title}》已经录入（第 {same.version} 版），日期没有变化。")
    try:
        with transaction.atomic():
            entered = EnteredNotice.objects.create(
                version=preview.version + 1,
                year=parsed.notice.year,
                title=parsed.notice.title,
                number=parsed.notice.number,
                full=parsed.full,
                days=days,
                issued_on=parsed.issued_on,
                entered_at=at,
            )
            fact = CalendarImported(
                entered.version, entered.year, entered.number, entered.full, len(parsed.days), entered.digest
            )
            ledger.record(fact, actor=actor, at=at, subject=entered)
    except IntegrityError:
        raise _overtaken() from None
    return entered


def _overtaken() -> Conflict:
    return Conflict("工作日历刚刚被他人更新。", remedy="请重新预览，核对后再录入。")
