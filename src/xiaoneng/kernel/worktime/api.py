"""工作日历之门.

Who keeps deadlines subscribes to `CalendarImported` (`ledger.subscribe`), recomputes with
`calendar(version=fact.version)`, and tells with `explain_change(calendar(version=fact.version - 1), …)`.
"""

from __future__ import annotations

from xiaoneng.events.worktime import CalendarImported
from xiaoneng.foundation.limits import explain_change
from xiaoneng.kernel.worktime.queries import calendar, current_version
from xiaoneng.kernel.worktime.services import Preview, import_notice, preview_notice

__all__ = [
    "CalendarImported",
    "Preview",
    "calendar",
    "current_version",
    "explain_change",
    "import_notice",
    "preview_notice",
]
