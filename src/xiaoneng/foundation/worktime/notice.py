"""读放假通知: the text of a State Council notice becomes dates, checked against what the text says of itself.

Read are the forms used since 2001: "10月1日至7日放假调休，共7天。9月29日（星期日）上班。", "4月5日放假，与周末连休",
"5月2日（星期一）补休", "…（星期六）公休日调至…（星期一）", "延长…假期至2月2日". Dates may cross the year. Every
weekday and every count that the text states is compared with the calendar; what differs is a problem, and a
notice with problems is not entered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from xiaoneng.foundation.refusals import Unreadable
from xiaoneng.foundation.worktime.calendar import DAY, WEEKDAYS, Calendar, Notice, SpecialDay, weekday_name

MOST_CHARACTERS = 20_000
FESTIVALS = {
    "元旦": "元旦|新年",
    "春节": "春节",
    "清明节": "清明节?",
    "劳动节": '[“"]?五一[”"]?(?:国际)?(?:劳动节)?|(?:国际)?劳动节',
    "端午节": "端午节?",
    "中秋节": "中秋节?",
    "国庆节": '国庆节?|[“"]?十一[”"]?',
}
SINCE_2008 = frozenset({"清明节", "端午节", "中秋节"})
_NAME = "|".join(f"(?:{pattern})" for pattern in FESTIVALS.values())
_ITEM = re.compile(
    rf"(?:^|[。；：:\n])(?:[（(]?[一二三四五六七八九十\d]+[)）]?[、.．])?(?:\d{{4}}年)?"
    rf"(?P<names>(?:{_NAME})(?:[、和](?:{_NAME}))*)[:：\n]*(?=(?:\d{{4}}年)?\d{{1,2}}月\d{{1,2}}日)"
)
_DATE = re.compile(
    r"(?:(?P<year>\d{4})年)?(?:(?P<month>\d{1,2})月)?(?P<day>\d{1,2})日(?:[（(](?P<said>[^（）()]*)[)）])?"
)
_WEEKDAY = re.compile(r"(?:星期|周)([一二三四五六日天])")
_COUNT = re.compile(r"(?:共|放假)(\d{1,2})天")
_ENDS_AT_COMMA = re.compile(r"(?:调至|调到|调休至|延长.{0,30}至)$")
_EXTENDS = re.compile(r"延长(?:(\d{4})年)?([^，。]{0,20}?)假期至$")
_TITLE = re.compile(r"关于[^。；，]{0,60}?(\d{4})年[^。；，]{0,40}?的通知")
_HEADING = re.compile(r"(?:国务院办公厅|国务院)?关于[^。；，：]{0,80}?的通知")
_NUMBER = re.compile(r"(国[办发函]*发?明?电?)[〔\[［(（](\d{4})[〕\]］)）]第?(\d{1,4})号")
_ISSUED = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日$")


@dataclass(frozen=True, slots=True)
class ParsedNotice:
    """读出的通知: `full` when it arranges a whole year, else it changes an arrangement.

    `days` are what it names; `problems` are Chinese sentences; a notice with problems cannot be entered.
    """

    notice: Notice
    full: bool
    issued_on: date | None
    days: tuple[SpecialDay, ...]
    problems: tuple[str, ...]

    def require(self) -> ParsedNotice:
        """Raises `Unreadable` with all problems."""
        if self.problems:
            raise Unreadable(
                "放假通知没有通过核对：" + "；".join(self.problems) + "。", remedy="请对照原文改正后再读。"
            )
        return self


@dataclass
class _Item:
    """One festival's lines while they are read."""

    name: str
    year: int
    base: Calendar | None
    off: set[date] = field(default_factory=set)
    worked: set[date] = field(default_factory=set)
    moved: set[date] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)
    previous: date | None = None

    def read(self, text: str) -> None:
        for sentence in re.split("[。；;]", text):
            # What employers are encouraged to grant (鼓励…安排职工在除夕休息) is not a day off for all.
            if _DATE.search(sentence) and not re.search("鼓励|建议|可以", sentence):
                self._sentence(sentence)
        # 公休日调至: the rest day given away is worked, unless it is a holiday itself (1月25日星期日即除夕).
        self.worked |= self.moved - self.off
        for day in sorted(self.worked & self.off):
            self.problems.append(f"{self.name}：{day.isoformat()} 既放假又上班")
        for day in sorted(self.worked):
            if day.weekday() < 5 and not (self.base and not self.base.is_working(day)):
                self.problems.append(f"{self.name}：{day.isoformat()} 是{weekday_name(day)}，本来就上班")

    def _sentence(self, sentence: str) -> None:
        moving = False
        for dates, before, after in self._groups(sentence):
            extends = _EXTENDS.search(before)
            if extends:
                self._extend(dates[-1], extends[2])
            elif after.startswith("起"):
                pass
            elif re.search("公休日?(?:分别)?(?:调至|调到|调休至)|(?:^|[^放])调至", after) or re.match(
                "(?:和|及).{0,10}分别调至|及?中秋节分别调至", after
            ):
                self.moved |= set(dates)
                moving = True
                continue
            elif "上班" in after:
                self.worked |= set(dates)
            elif moving or re.search("放假|休息|补休|调休|公休|法定(?:节)?假日", after):
                self.off |= set(dates)
                self._count(dates, after)
            else:
                self.problems.append(f"{self.name}：读不懂“{sentence.strip()[:40]}”")
            moving = False
        if moving:
            self.problems.append(f"{self.name}：“{sentence.strip()[:40]}”没有说调至哪一天")

    def _count(self, dates: list[date], after: str) -> None:
        said = _COUNT.search(after)
        if said and int(said[1]) != len(dates):
            span = f"{dates[0].isoformat()} 至 {dates[-1].isoformat()}"
            self.problems.append(f"{self.name}：通知说共 {said[1]} 天，{span} 是 {len(dates)} 天")

    def _extend(self, last: date, name: str) -> None:
        known = self.base.special.values() if self.base else ()
        wanted = _canonical(name) or self.name
        before = [s.day for s in known if s.off and wanted in s.name and s.day < last and (last - s.day).days < 60]
        if not before:
            self.problems.append(f"延长{wanted}假期，但没有找到原来的放假安排")
            return
        day = max(before)
        while day < last:
            day += DAY
            self.off.add(day)

    def _groups(self, sentence: str) -> Iterator[tuple[list[date], str, str]]:
        """Dates that share one verb, with the words before and after them."""
        found = list(_DATE.finditer(sentence))
        group: list[date] = []
        before, joint = sentence[: found[0].start()], ""
        for position, match in enumerate(found):
            day = self._date(match)
            if day is None:
                return
            if group and re.fullmatch("至|到", joint):
                if day < group[-1] or (day - group[-1]).days > 31:
                    self.problems.append(f"{self.name}：“{match[0]}”不在“{found[position - 1][0]}”之后一个月内")
                    return
                group += [group[-1] + timedelta(days=n) for n in range(1, (day - group[-1]).days + 1)]
            else:
                group.append(day)
            last = position + 1 == len(found)
            joint = sentence[match.end() : len(sentence) if last else found[position + 1].start()]
            # A comma joins dates of one verb, but ends what was moved or extended to.
            joins = "至|到|、|和|及|与" if _ENDS_AT_COMMA.search(before) else "至|到|、|和|及|与|，"
            if last or not re.fullmatch(joins, joint):
                yield group, before, joint
                group, before = [], joint

    def _date(self, match: re.Match[str]) -> date | None:
        previous = self.previous
        month = int(match["month"]) if match["month"] else previous.month if previous else 0
        year = int(match["year"]) if match["year"] else self._year(month, previous, bool(match["month"]))
        try:
            day = date(year, month, int(match["day"]))
        except ValueError:
            self.problems.append(f"{self.name}：没有“{match[0]}”这一天")
            return None
        said = _WEEKDAY.search(match["said"] or "")
        if said and WEEKDAYS.index(said[1].replace("天", "日")) != day.weekday():
            self.problems.append(f"{self.name}：{day.isoformat()} 是{weekday_name(day)}，通知写的是{said[0]}")
        if abs(day.year - self.year) > 1:
            self.problems.append(f"{self.name}：{day.isoformat()} 离 {self.year} 年太远")
        self.previous = day
        return day

    def _year(self, month: int, previous: date | None, stated: bool) -> int:
        if previous is not None and not stated:
            return previous.year
        # The new-year holiday of a notice reaches back into December of the year before.
        return self.year - 1 if self.name.startswith("元旦") and month == 12 else self.year


def parse_notice(text: str, *, year: int | None = None, base: Calendar | None = None) -> ParsedNotice:
    """读通知. `year` is needed where the text does not name it; `base` is the calendar that a supplementary
    notice changes. Raises `Unreadable` when the text is no such notice at all; smaller faults are `problems`.
    """
    if len(text) > MOST_CHARACTERS:
        raise Unreadable(f"文本有 {len(text)} 个字符，超过放假通知的上限 {MOST_CHARACTERS}。")
    plain = _plain(text)
    flat = plain.replace("\n", "")
    titled = _TITLE.search(flat)
    year = year if year is not None else _year_of(flat, titled)
    headed = _HEADING.search(flat)
    title = headed[0] if headed else f"{year}年放假安排"
    items = _items(plain, year, base, title)
    number = _NUMBER.search(flat)
    notice = Notice(year, title, f"{number[1]}〔{number[2]}〕{int(number[3])}号" if number else "")
    names = {name for item in items for name in item.name.split("、")}
    full = "部分节假日" in title or len(names) >= 4
    problems = [problem for item in items for problem in item.problems]
    if full:
        expected = [n for n in FESTIVALS if year >= 2008 or n not in SINCE_2008]
        problems += [f"没有读到{name}的安排" for name in expected if name not in names]
    if not any(item.off for item in items):
        problems.append("没有读到任何放假日期")
    return ParsedNotice(notice, full, _issued(plain), _days(items, notice), tuple(dict.fromkeys(problems)))


def _plain(text: str) -> str:
    """Half-width digits, one dash for all, no spaces, no blank lines."""
    table = {ord(full): half for full, half in zip("０１２３４５６７８９", "0123456789", strict=True)}
    table |= {ord(dash): "至" for dash in "—–－-~～"}
    text = re.sub(r"[^\S\n]+|\u200b|\ufeff", "", text.translate(table).replace("\r", "\n"))
    return re.sub(r"至{2,}", "至", re.sub(r"\n+", "\n", text)).strip()


def _year_of(flat: str, titled: re.Match[str] | None) -> int:
    found = titled or re.search(r"(\d{4})年(?:部分节假日|元旦|放假|[^。]{0,8}假期|\d{1,2}月\d{1,2}日)", flat)
    if found is None:
        raise Unreadable(
            "没有读到是哪一年的放假安排。", remedy="请连同标题一起粘贴，例如“关于2019年部分节假日安排的通知”。"
        )
    if not 1949 <= int(found[1]) <= 2199:
        raise Unreadable(f"年份 {found[1]} 不合理。", remedy="请核对通知标题中的年份。")
    return int(found[1])


def _canonical(text: str) -> str:
    found = [name for name, pattern in FESTIVALS.items() if re.search(pattern, text)]
    return "、".join(found)


def _items(plain: str, year: int, base: Calendar | None, title: str) -> list[_Item]:
    # An item's heading and its lines may stand on lines of their own.
    marks = list(_ITEM.finditer(plain))
    out = []
    for position, mark in enumerate(marks):
        end = marks[position + 1].start() if position + 1 < len(marks) else len(plain)
        item = _Item(_canonical(mark["names"]), year, base)
        item.read(_body(plain[mark.end() : end]))
        out.append(item)
    if not out:
        subject = re.search("(?:胜利|建国|成立)[^，。]{0,12}(?:纪念日|周年)", title)
        item = _Item(_canonical(title) or (subject[0] if subject else "节日"), year, base)
        item.read(_body(plain[plain.find("的通知") + 3 if "的通知" in plain else 0 :]))
        out.append(item)
    return out


def _body(text: str) -> str:
    """The lines of an item up to the closing words; the date under the signature is no holiday."""
    kept = []
    for line in text.split("\n"):
        if _ISSUED.fullmatch(line) or line.startswith("节假日期间"):
            break
        kept.append(line)
    return re.split("节假日期间", "".join(kept))[0]


def _days(items: list[_Item], notice: Notice) -> tuple[SpecialDay, ...]:
    found: dict[date, SpecialDay] = {}
    for item in items:
        for day in item.off:
            found[day] = SpecialDay(day, True, item.name, notice)
        for day in item.worked - item.off:
            found[day] = SpecialDay(day, False, item.name, notice)
    return tuple(found[day] for day in sorted(found))


def _issued(plain: str) -> date | None:
    for line in reversed(plain.split("\n")):
        if match := _ISSUED.search(line):
            try:
                return date(int(match[1]), int(match[2]), int(match[3]))
            except ValueError:
                return None
    return None
