"""数据段与核验记录."""

from __future__ import annotations

from django.db import models

from xiaoneng.kernel.ledger.models.ledgered import Ledgered


class Segment(Ledgered):
    """数据段: a sealed Parquet file of consecutive events; `sha256` is the file's own."""

    ledger_fields = ("start", "size", "sha256")

    start = models.BigIntegerField(unique=True)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.start)


class Verification(models.Model):
    """核验: one run over the whole ledger. `findings` holds the first hundred Chinese sentences."""

    at = models.DateTimeField()
    size = models.BigIntegerField()
    ok = models.BooleanField()
    count = models.PositiveIntegerField(default=0)
    findings = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.at:%F} {self.size}"
