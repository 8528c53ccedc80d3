"""日历订阅: the only rows that the desk keeps."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from xiaoneng.kernel.ledger import api as ledger


class CalendarFeed(ledger.Ledgered):
    """日历订阅: a secret address under which a person's calendar program reads what that person may see.

    The token itself is never stored, only its SHA-256.
    """

    class Scope(models.TextChoices):
        """订阅范围."""

        OWN = "own", "我的单位"
        ALL = "all", "全部单位"

    ledger_fields: ClassVar[tuple[str, ...]] = ("person_id", "scope", "digest", "revoked_at")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="订阅人"
    )
    scope = models.CharField("范围", max_length=3, choices=Scope.choices, default=Scope.OWN)
    digest = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField("生成时间")
    revoked_at = models.DateTimeField("停用时间", null=True)

    class Meta:
        verbose_name = "日历订阅"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                name="desk_one_feed_per_person", fields=["person"], condition=Q(revoked_at__isnull=True)
            ),
            models.CheckConstraint(name="desk_feed_scope", condition=Q(scope__in=["own", "all"])),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_scope_display()}"
