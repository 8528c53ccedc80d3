"""一次性链接: how somebody without a password gets in, once."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from xiaoneng.kernel.ledger import api as ledger
from xiaoneng.kernel.organisation.models.people import User


class Purpose(models.TextChoices):
    """链接用途."""

    FIRST_ADMIN = "first_admin", "首次登录"
    INVITATION = "invitation", "邀请"
    RESET = "reset", "重设密码"


class OneTimeLink(ledger.Ledgered):
    """一次性链接: the token itself is never stored, only its SHA-256."""

    ledger_fields: ClassVar[tuple[str, ...]] = ("person_id", "purpose", "digest", "expires_at", "used_at")

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="links", verbose_name="人员")
    purpose = models.CharField("用途", max_length=12, choices=Purpose.choices)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField("签发时间")
    expires_at = models.DateTimeField("过期时间")
    used_at = models.DateTimeField("使用时间", null=True)
    withdrawn_at = models.DateTimeField("作废时间", null=True)

    class Meta:
        verbose_name = "一次性链接"
        constraints = [
            models.CheckConstraint(name="organisation_link_expires", condition=Q(expires_at__gt=F("created_at"))),
            models.CheckConstraint(
                name="organisation_link_used_or_withdrawn",
                condition=Q(used_at__isnull=True) | Q(withdrawn_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.person}"
