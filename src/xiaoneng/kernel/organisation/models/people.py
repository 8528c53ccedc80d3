"""人员: people with their account, appointments, AB partners and absences."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from xiaoneng.kernel.ledger import api as ledger
from xiaoneng.kernel.organisation.models.authority import APPOINTABLE, Role
from xiaoneng.kernel.organisation.models.dated import Dated
from xiaoneng.kernel.organisation.models.units import Post, Unit

username_characters = RegexValidator(
    r"^[a-z0-9][a-z0-9._-]{0,59}\Z", "用户名由小写字母、数字、点、横线组成，以字母或数字开头，不超过 60 个字符。"
)


class UserManager(BaseUserManager["User"]):
    """账号管理器."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        """建立账号: without a password nobody can sign in with it."""
        user = self.model(username=username.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, ledger.Ledgered):
    """人员与账号: one person, one account, one id ("person:12") in the ledger.

    One table, not two: whoever acts, acts under an account, and whoever is only named (an A partner on leave, a
    head who never signs in) is an account without a password. Two tables would need a mapping at every act.
    """

    ledger_fields: ClassVar[tuple[str, ...]] = ("username", "name", "is_active")

    username = models.CharField("用户名", max_length=60, unique=True, validators=[username_characters])
    name = models.CharField("姓名", max_length=60, blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    is_active = models.BooleanField("启用", default=True)
    must_set_password = models.BooleanField("须先设置密码", default=False)
    date_joined = models.DateTimeField("登记时间", default=timezone.now)

    # Set by the middleware for the viewer of a page, so that its many questions cost one look-up.
    remembered: list[tuple[datetime, Any]] | None = None

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "人员"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return str(self)

    get_short_name = get_full_name


class Appointment(Dated, ledger.Ledgered):
    """任职: a person in a unit, perhaps on a post, with the role that comes with it."""

    ledger_fields: ClassVar[tuple[str, ...]] = (
        "person_id",
        "unit_id",
        "post_id",
        "role",
        "primary",
        "valid_from",
        "valid_until",
    )

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="appointments", verbose_name="人员")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="appointments", verbose_name="机构")
    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="appointments", verbose_name="岗位"
    )
    role = models.CharField("角色", max_length=12, choices=Role.choices, default=Role.HANDLER)
    primary = models.BooleanField("主要任职", default=True)

    class Meta(Dated.Meta):
        verbose_name = "任职"
        ordering = ["-valid_from", "-id"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="organisation_appointment_role", condition=Q(role__in=[role.value for role in APPOINTABLE])
            ),
            models.UniqueConstraint(
                name="organisation_appointment_one_primary",
                fields=["person"],
                condition=Q(primary=True, valid_until=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.unit}"


class Partners(Dated, ledger.Ledgered):
    """AB 角: B acts for A in a unit while A is away."""

    ledger_fields: ClassVar[tuple[str, ...]] = ("unit_id", "a_id", "b_id", "valid_from", "valid_until")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="partners", verbose_name="机构")
    a = models.ForeignKey(User, on_delete=models.PROTECT, related_name="partners_as_a", verbose_name="A 角")
    b = models.ForeignKey(User, on_delete=models.PROTECT, related_name="partners_as_b", verbose_name="B 角")
    matters = models.CharField("负责事项", max_length=200, blank=True)

    class Meta(Dated.Meta):
        verbose_name = "AB 角"
        ordering = ["unit", "id"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(name="organisation_partners_differ", condition=~Q(a=F("b"))),
            models.UniqueConstraint(
                name="organisation_partners_once", fields=["unit", "a", "b"], condition=Q(valid_until=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.a}（A）／{self.b}（B）"


class Leave(ledger.Ledgered):
    """离岗: leave, travel, training; half-open between two moments."""

    class Reason(models.TextChoices):
        """离岗事由."""

        LEAVE = "leave", "休假"
        SICK = "sick", "病假"
        DUTY = "duty", "公出"
        TRAINING = "training", "学习培训"

    ledger_fields: ClassVar[tuple[str, ...]] = ("person_id", "starts_at", "ends_at")

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="leaves", verbose_name="人员")
    reason = models.CharField("事由", max_length=10, choices=Reason.choices, default=Reason.LEAVE)
    starts_at = models.DateTimeField("离岗时间")
    ends_at = models.DateTimeField("返岗时间")

    class Meta:
        verbose_name = "离岗"
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(name="organisation_leave_in_order", condition=Q(ends_at__gte=F("starts_at")))
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_reason_display()}"
