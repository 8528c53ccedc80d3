"""台账中谁看什么: who may inspect the ledger, and who sees the events of this module's rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.utils import timezone

from xiaoneng.kernel.ledger import api as ledger
from xiaoneng.kernel.organisation import policies, queries
from xiaoneng.kernel.organisation.authority import has_role
from xiaoneng.kernel.organisation.models import (
    Appointment,
    Delegation,
    Leave,
    OneTimeLink,
    Partners,
    Post,
    Role,
    RoleGrant,
    Unit,
    User,
)


def heads(user: Any, at: datetime) -> bool:
    return has_role(user, Role.ADMIN, Role.LEADER, Role.SUPERVISION, at=at)


def metadata(user: Any, at: datetime) -> bool:
    return has_role(user, Role.LEADER, Role.SUPERVISION, at=at)


def operates(user: Any, at: datetime) -> bool:
    return bool(policies.may_administer(user, at=at))


class Rows:
    """可见的行: all of a table for everybody in office, or for the administrator only."""

    def __init__(self, model: type[Model], *, administrator_only: bool = False) -> None:
        self.model, self.administrator_only = model, administrator_only

    def __call__(self, user: Any) -> QuerySet[Any]:
        may = policies.may_administer if self.administrator_only else policies.may_see_directory
        rows = self.model._default_manager.all()
        return rows if may(user, at=timezone.now()) else rows.none()


_ROWS = [Rows(model) for model in (Unit, Post, User, Appointment, Partners, RoleGrant, Delegation)]
_ROWS += [Rows(model, administrator_only=True) for model in (Leave, OneTimeLink)]


def disclose() -> None:
    """登记阅读权限和可见范围."""
    ledger.readers(heads=heads, metadata=metadata, operates=operates, name=queries.display_name)
    for rows in _ROWS:
        ledger.visible(rows.model._meta.label, rows)
