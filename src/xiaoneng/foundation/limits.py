"""时限: a limit as law or plan fixes it: amount, unit, trigger, permitted pauses, basis, dates of effect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from xiaoneng.foundation.refusals import Refused
from xiaoneng.foundation.worktime import STANDARD, Calendar, Deadline, OfficeHours, Pause, Unit, deadline, show


@dataclass(frozen=True, slots=True)
class Limit:
    """时限: pinned to a case when it is accepted, so it is immutable.

    `trigger` says from which event it runs ("受理"); `pauses` are the reasons for which the clock may stand still
    ("听证", "鉴定"); `basis` is the article or clause; it is in force from `effective_from` until before
    `effective_until` (None: open).
    """

    amount: int
    unit: Unit
    trigger: str
    basis: str
    pauses: frozenset[str] = frozenset()
    effective_from: date | None = None
    effective_until: date | None = None

    def __str__(self) -> str:
        return f"自{self.trigger}起 {self.amount} {self.unit.label}"

    def in_force(self, day: date) -> bool:
        """是否有效 on that day."""
        started = self.effective_from is None or self.effective_from <= day
        return started and (self.effective_until is None or day < self.effective_until)

    def due(
        self, calendar: Calendar, start: date, *, pauses: Sequence[Pause] = (), hours: OfficeHours = STANDARD
    ) -> Deadline:
        """到期: the deadline of this limit. Raises `Refused` for a pause that the limit does not permit."""
        for pause in pauses:
            if pause.reason not in self.pauses:
                allowed = "、".join(sorted(self.pauses)) or "无"
                raise Refused(f"“{pause.reason}”不是可以中止计时的事由（可以中止的：{allowed}）。", basis=self.basis)
        return deadline(calendar, start, self.amount, self.unit, pauses=pauses, hours=hours)


def explain_change(old: Calendar, new: Calendar, start: date, limit: Limit, *, pauses: Sequence[Pause] = ()) -> str:
    """说明变化: one Chinese sentence on what a new calendar does to a deadline already given, and why."""
    before, after = limit.due(old, start, pauses=pauses), limit.due(new, start, pauses=pauses)
    settled = bool(before.provisional) and not after.provisional
    if before.due == after.due:
        ending = "，由暂定转为确定" if settled else ""
        return f"{limit}：期限不变，仍为 {show(after.due)}{ending}。"
    rested = {m.day: m for m in after.skipped if old.is_working(m.day)}
    worked = {m.day: m for m in after.made_up if not old.is_working(m.day)}
    undone = sorted(
        {m.day for m in before.skipped if new.is_working(m.day) and m.day not in worked}
        | {m.day for m in before.made_up if not new.is_working(m.day)}
    )
    causes = [f"{d.isoformat()} {m.name}" for d, m in sorted((rested | worked).items())]
    causes += [f"{d.isoformat()} 改为{'上班' if new.is_working(d) else '休息'}" for d in undone]
    bases = sorted({m.basis for m in (rested | worked).values() if m.basis})
    reason = "、".join(causes) + (f"（依据：{'；'.join(bases)}）" if bases else "")
    direction = "推后" if after.due > before.due else "提前"
    ending = "由暂定转为确定。" if settled else "仍为暂定。" if after.provisional else ""
    return f"{limit}：期限由 {show(before.due)} {direction}至 {show(after.due)}，因为{reason}。{ending}"
