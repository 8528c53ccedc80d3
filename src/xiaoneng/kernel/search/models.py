"""检索条目: what can be found; the index over it belongs to the database's side."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Entry(models.Model):
    """检索条目: one object as search knows it; `folded_*` are what is compared, `title` and `body` what is shown."""

    kind = models.CharField("类别", max_length=60)
    object_id = models.BigIntegerField("对象")
    title = models.CharField("标题", max_length=500)
    body = models.TextField("内容", blank=True)
    url = models.CharField("网址", max_length=300)
    folded_title = models.TextField(editable=False)
    folded_body = models.TextField(editable=False)

    class Meta:
        verbose_name = "检索条目"
        constraints = [
            models.UniqueConstraint(name="search_entry_once", fields=["kind", "object_id"]),
            models.CheckConstraint(name="search_entry_local", condition=Q(url__startswith="/")),
        ]

    def __str__(self) -> str:
        return self.title
