"""日历文件: duties and deadlines as iCalendar (RFC 5545); pure but for the clock's value handed in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """日程: a whole day with something to do; `uid` stays the same from one reading to the next."""

    uid: str
    on: date
    summary: str
    description: str
    url: str


def as_calendar(entries: Iterable[Entry], *, name: str, at: datetime) -> bytes:
    """日历文件 of whole-day entries."""
    calendar = Calendar()
    calendar.add("prodid", "-//xiaoneng//desk//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", "Asia/Shanghai")
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for entry in entries:
        event = Event()
        event.add("uid", entry.uid)
        event.add("dtstamp", at)
        event.add("dtstart", entry.on)
        event.add("dtend", entry.on + DAY)
        event.add("summary", entry.summary)
        event.add("description", entry.description)
        event.add("url", entry.url)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
