"""机构、岗位: the tree of units, their former states, aliases and posts."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from xiaoneng.kernel.ledger import api as ledger
from xiaoneng.kernel.organisation.models.dated import Dated


class Kind(models.TextChoices):
    """机构类别."""

    OFFICE = "office", "机关"
    DIVISION = "division", "处室"
    DEPARTMENT = "department", "部门"
    DISTRICT = "district", "县（市、区）"
    SECTION = "section", "科室"
    OTHER = "other", "其他单位"


class Unit(Dated, ledger.Ledgered):
    """机构: a unit as it stands now; what it was before is in `FormerUnit`."""

    ledger_fields: ClassVar[tuple[str, ...]] = ("name", "kind", "parent_id", "valid_from", "valid_until")

    name = models.CharField("名称", max_length=100)
    kind = models.CharField("类别", max_length=12, choices=Kind.choices)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级机构"
    )
    order = models.PositiveIntegerField("排序", default=0)
    since = models.DateField("现状起始日期")

    class Meta(Dated.Meta):
        verbose_name = "机构"
        ordering = ["order", "id"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="organisation_unit_not_own_parent", condition=Q(parent=None) | ~Q(parent=F("id"))
            ),
            models.CheckConstraint(name="organisation_unit_has_name", condition=~Q(name="")),
            models.UniqueConstraint(
                name="organisation_unit_name_in_parent",
                fields=["parent", "name"],
                condition=Q(valid_until=None, parent__isnull=False),
            ),
            models.UniqueConstraint(
                name="organisation_unit_name_at_root",
                fields=["name"],
                condition=Q(valid_until=None, parent__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class FormerUnit(Dated):
    """机构曾用状态: what a unit was called and where it stood before a reorganisation."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="former")
    name = models.CharField("名称", max_length=100)
    kind = models.CharField("类别", max_length=12, choices=Kind.choices)
    parent = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta(Dated.Meta):
        verbose_name = "机构曾用状态"
        ordering = ["valid_from"]

    def __str__(self) -> str:
        return self.name


class Alias(models.Model):
    """别名: another spelling that means exactly one unit (short name, former name, a plan's own spelling)."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="aliases")
    name = models.CharField("别名", max_length=100, unique=True)

    class Meta:
        verbose_name = "别名"
        ordering = ["name"]
        constraints = [models.CheckConstraint(name="organisation_alias_has_name", condition=~Q(name=""))]

    def __str__(self) -> str:
        return self.name


class Post(Dated, ledger.Ledgered):
    """岗位: `single` posts are held by one person at a time."""

    ledger_fields: ClassVar[tuple[str, ...]] = ("unit_id", "name", "single", "valid_from", "valid_until")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts", verbose_name="机构")
    name = models.CharField("岗位", max_length=60)
    duties = models.TextField("岗位职责", blank=True)
    single = models.BooleanField("独任（同一时间只由一人担任）", default=False)

    class Meta(Dated.Meta):
        verbose_name = "岗位"
        ordering = ["unit", "id"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(name="organisation_post_has_name", condition=~Q(name="")),
            models.UniqueConstraint(
                name="organisation_post_name_in_unit", fields=["unit", "name"], condition=Q(valid_until=None)
            ),
        ]

    def __str__(self) -> str:
        return self.name
