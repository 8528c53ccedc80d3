"""树头: what the ledger has signed, with which key, and who has countersigned."""

from __future__ import annotations

from django.db import models


class SigningKey(models.Model):
    """签名密钥: a public key of the ledger. `statement` is the change-over, signed by the key before and by itself."""

    number = models.PositiveIntegerField(primary_key=True)
    public = models.BinaryField(max_length=32, unique=True)
    statement = models.TextField()
    signature = models.BinaryField(max_length=64)
    signature_before = models.BinaryField(max_length=64)

    def __str__(self) -> str:
        return str(self.number)


class Head(models.Model):
    """树头: a signed statement that the first `size` events have this root; `note` is a C2SP checkpoint."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=32)
    at = models.DateTimeField()
    key = models.ForeignKey(SigningKey, on_delete=models.PROTECT)
    note = models.TextField()

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(size__gt=0), name="ledger_head_size"),)

    def __str__(self) -> str:
        return str(self.size)


class Cosignature(models.Model):
    """见证签名: a witness's signature under a head. `line` is its line of the signed note."""

    head = models.ForeignKey(Head, on_delete=models.PROTECT, related_name="cosignatures")
    witness = models.CharField(max_length=100)
    public = models.BinaryField(max_length=32)
    at = models.DateTimeField()
    line = models.TextField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["head", "public"], name="ledger_cosignature_once"),)

    def __str__(self) -> str:
        return f"{self.witness} {self.head_id}"
