"""种子日历: the calendar that ships with the program, as `seeding.py` generated it."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path

from xiaoneng.foundation.worktime.calendar import Calendar, Notice, SpecialDay

PATH = Path(__file__).with_name("calendar.json")


@cache
def seeded() -> Calendar:
    """种子日历: covered years are those of the shipped data; later notices are entered in `kernel.worktime`."""
    data = json.loads(PATH.read_text("utf-8"))
    special = {}
    for entry in data["notices"]:
        notice = Notice(entry["year"], entry["title"], entry["number"])
        for off, key in ((True, "off"), (False, "worked")):
            for text, name in entry[key].items():
                special[date.fromisoformat(text)] = SpecialDay(date.fromisoformat(text), off, name, notice)
    return Calendar(special, frozenset(data["covered"]), data["version"])
