"""生成种子日历: `python -m xiaoneng.foundation.worktime.seeding` writes `calendar.json` from two libraries.

`holidays` gives the days off and the made-up working days, but for an unpublished year silently leaves the
调休 out; so only years that `chinesecalendar` covers are taken, and the two must agree on every single day of
them. Titles and 文号 are those of the notices; a 文号 that could not be read in a published copy is left out.
"""

from __future__ import annotations

import json
from datetime import date
from importlib.metadata import version
from typing import Any

from xiaoneng.foundation.worktime.seed import PATH

# Before it the libraries differ: chinesecalendar lacks 2005-12-31, worked under the notice for 2006.
FIRST_YEAR = 2006
NAMES = {
    "new_years_day": "元旦",
    "spring_festival": "春节",
    "tomb_sweeping_day": "清明节",
    "labour_day": "劳动节",
    "dragon_boat_festival": "端午节",
    "mid_autumn_festival": "中秋节",
    "national_day": "国庆节",
    "anti_fascist_70th_day": "抗战胜利70周年纪念日",
}
NUMBERS = {
    2007: "国办发明电〔2006〕49号",
    2010: "国办发明电〔2009〕27号",
    2012: "国办发明电〔2011〕45号",
    2013: "国办发明电〔2012〕33号",
    2016: "国办发明电〔2015〕18号",
    2018: "国办发明电〔2017〕12号",
    2019: "国办发明电〔2018〕15号",
    2020: "国办发明电〔2019〕16号",
    2021: "国办发明电〔2020〕27号",
    2023: "国办发明电〔2022〕16号",
    2024: "国办发明电〔2023〕7号",
    2025: "国办发明电〔2024〕12号",
    2026: "国办发明电〔2025〕7号",
}
# Notices that changed a year already arranged: title, 文号, first and last day they name.
SUPPLEMENTS = {
    2015: (
        "国务院关于中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日调休放假的通知",
        "国发明电〔2015〕1号",
        date(2015, 9, 3),
        date(2015, 9, 6),
    ),
    2019: ("国务院办公厅关于调整2019年劳动节假期安排的通知", "", date(2019, 4, 28), date(2019, 5, 5)),
    2020: ("国务院办公厅关于延长2020年春节假期的通知", "国办发明电〔2020〕1号", date(2020, 1, 31), date(2020, 2, 2)),
}


def generate() -> dict[str, Any]:
    """生成: the content of calendar.json. Raises ValueError where the two libraries disagree on a day."""
    import holidays
    from chinese_calendar import constants

    named = {**constants.holidays, **constants.workdays}
    covered = sorted({day.year for day in constants.holidays if day.year >= FIRST_YEAR})
    china = holidays.country_holidays("CN", years=range(covered[0] - 1, covered[-1] + 2))
    festivals = {member.value: NAMES[member.name] for member in constants.Holiday}
    notices: dict[tuple[int, bool], dict[str, Any]] = {}
    for ordinal in range(date(covered[0], 1, 1).toordinal(), date(covered[-1], 12, 31).toordinal() + 1):
        day = date.fromordinal(ordinal)
        weekend = day.weekday() > 4
        rest = day not in china.weekend_workdays and (weekend or day in china)
        if rest != (day not in constants.workdays and (weekend or day in constants.holidays)):
            raise ValueError(f"holidays and chinesecalendar disagree on {day}")
        if day not in named or (not rest and not weekend):
            continue
        name = festivals[named[day]]
        year = day.year + (name == "元旦" and day.month == 12)
        notice = notices.setdefault((year, _supplementary(year, day)), {"off": {}, "worked": {}})
        notice["off" if rest else "worked"][day.isoformat()] = name
    return {
        "source": f"holidays {version('holidays')}, chinesecalendar {version('chinesecalendar')}",
        "version": f"seed-{covered[-1]}",
        "covered": covered,
        "notices": [_heading(*key) | days for key, days in sorted(notices.items())],
    }


def _supplementary(year: int, day: date) -> bool:
    return year in SUPPLEMENTS and SUPPLEMENTS[year][2] <= day <= SUPPLEMENTS[year][3]


def _heading(year: int, supplementary: bool) -> dict[str, Any]:
    if supplementary:
        title, number, *_ = SUPPLEMENTS[year]
    else:
        title, number = f"国务院办公厅关于{year}年部分节假日安排的通知", NUMBERS.get(year, "")
    return {"year": year, "title": title, "number": number, "full": not supplementary}


def main() -> None:
    PATH.write_text(json.dumps(generate(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
