"""谁可以录入放假通知."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from xiaoneng.foundation.refusals import ALLOWED, Answer, denied
from xiaoneng.kernel.organisation import api as organisation

EDITORS = (organisation.Role.ADMIN, organisation.Role.SUPERVISION)


def may_import(viewer: Any, *, at: datetime) -> Answer:
    """录入放假通知: the administrator and 督查, who answer for deadlines."""
    if organisation.has_role(viewer, *EDITORS, at=at):
        return ALLOWED
    return denied("放假通知只由系统管理员或督查人员录入。")
