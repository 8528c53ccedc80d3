"""权限: roles granted over units, and roles lent to somebody else for a time."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from xiaoneng.kernel.ledger import api as ledger
from xiaoneng.kernel.organisation.models.dated import Dated
from xiaoneng.kernel.organisation.models.units import Unit


class Role(models.TextChoices):
    """角色."""

    ADMIN = "admin", "系统管理员"
    LEADER = "leader", "领导"
    SUPERVISION = "supervision", "督查"
    HEAD = "head", "处室负责人"
    HANDLER = "handler", "承办人"
    EXTERNAL = "external", "外部"


# An office post never makes anybody the administrator: that is granted, openly, by name.
APPOINTABLE = (Role.LEADER, Role.SUPERVISION, Role.HEAD, Role.HANDLER, Role.EXTERNAL)
# The administrator's own authority is not for lending.
DELEGABLE = (Role.LEADER, Role.SUPERVISION, Role.HEAD, Role.HANDLER)


class RoleGrant(Dated, ledger.Ledgered):
    """角色授予: a role over a unit and all below it; without a unit, over the whole organisation."""

    ledger_fields: ClassVar[tuple[str, ...]] = ("person_id", "role", "unit_id", "valid_from", "valid_until")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="grants", verbose_name="人员"
    )
    role = models.CharField("角色", max_length=12, choices=Role.choices)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="grants", verbose_name="范围"
    )
    reason = models.CharField("授予理由", max_length=200, blank=True)

    class Meta(Dated.Meta):
        verbose_name = "角色授予"
        ordering = ["-valid_from", "-id"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(name="organisation_grant_role", condition=Q(role__in=Role.values)),
            models.CheckConstraint(
                name="organisation_grant_admin_whole", condition=~Q(role=Role.ADMIN) | Q(unit__isnull=True)
            ),
            models.UniqueConstraint(
                name="organisation_grant_once",
                fields=["person", "role", "unit"],
                condition=Q(valid_until=None, unit__isnull=False),
            ),
            models.UniqueConstraint(
                name="organisation_grant_once_whole",
                fields=["person", "role"],
                condition=Q(valid_until=None, unit__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_role_display()}"


class Delegation(Dated, ledger.Ledgered):
    """授权: the giver lends a role that he or she holds, for a time, with a reason; it cannot be lent on."""

    ledger_fields: ClassVar[tuple[str, ...]] = (
        "giver_id",
        "receiver_id",
        "role",
        "unit_id",
        "valid_from",
        "valid_until",
    )

    giver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="delegations_given", verbose_name="授权人"
    )
    receiver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="delegations_held", verbose_name="被授权人"
    )
    role = models.CharField("角色", max_length=12, choices=[(role.value, role.label) for role in DELEGABLE])
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="delegations", verbose_name="范围"
    )
    reason = models.CharField("授权事由", max_length=200)

    class Meta(Dated.Meta):
        verbose_name = "授权"
        ordering = ["-valid_from", "-id"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(name="organisation_delegation_differ", condition=~Q(giver=F("receiver"))),
            models.CheckConstraint(name="organisation_delegation_ends", condition=Q(valid_until__isnull=False)),
            models.CheckConstraint(
                name="organisation_delegation_role", condition=Q(role__in=[role.value for role in DELEGABLE])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.giver} → {self.receiver}"
