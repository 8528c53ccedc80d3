"""事件与树: what happened, and its place in the Merkle tree."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import models

from xiaoneng.kernel.ledger.canonical import parse_moment


class JSONText(models.Func):
    """JSON 成员: one member of a JSON text as the database itself reads it."""

    output_field = models.CharField(default="")
    member: str

    def __init__(self, expression: str, member: str) -> None:
        super().__init__(models.F(expression))
        self.member = member

    def as_sqlite(self, compiler: Any, connection: Any, **_context: Any) -> Any:
        return self.as_sql(compiler, connection, template=f"json_extract(%(expressions)s, '$.{self.member}')")

    def as_postgresql(self, compiler: Any, connection: Any, **_context: Any) -> Any:
        return self.as_sql(compiler, connection, template=f"((%(expressions)s)::jsonb ->> '{self.member}')")

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        return "xiaoneng.kernel.ledger.models.JSONText", ("content", self.member), {}


class Event(models.Model):
    """事件: one fact, sealed. `content` is its canonical JSON line, and the bytes of its Merkle leaf.

    `kind` and `subject` are columns that the database derives from `content`: they cannot disagree with it.
    `seal` authenticates `content` by a key of the data folder, so that a row slipped into the table is recognised
    before it gets a place in the tree. A nonce makes every content different, so that an event copied later is
    recognised too, and a leaf hash tells nothing about its content.
    """

    content = models.TextField()
    seal = models.BinaryField(max_length=32)
    kind = models.GeneratedField(
        expression=JSONText("content", "kind"),
        output_field=models.CharField(max_length=100, null=True),
        db_persist=True,
    )
    subject = models.GeneratedField(
        expression=JSONText("content", "subject"),
        output_field=models.CharField(max_length=200, null=True),
        db_persist=True,
    )

    class Meta:
        indexes = (models.Index(fields=["subject", "id"], name="ledger_event_subject"),)

    def __str__(self) -> str:
        return f"{self.id} {self.entry['kind']}"

    @cached_property
    def entry(self) -> dict[str, Any]:
        """The event's members, as sealed."""
        parsed: dict[str, Any] = json.loads(self.content)
        return parsed

    @property
    def payload(self) -> dict[str, Any]:
        found: dict[str, Any] = self.entry.get("payload", {})
        return found

    @property
    def at(self) -> datetime:
        return parse_moment(self.entry["at"])

    @property
    def actor_id(self) -> str:
        return str(self.entry["actor"])

    @property
    def acting_for(self) -> str:
        return str(self.entry.get("acting_for", ""))


class Leaf(models.Model):
    """树叶: the place that the sequencer gave to a committed event; `hash` as in RFC 9162 §2.1.1, over `content`."""

    position = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="leaf")
    hash = models.BinaryField(max_length=32, unique=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(position__gte=0), name="ledger_leaf_position"),)

    def __str__(self) -> str:
        return str(self.position)


class Node(models.Model):
    """树节点: the hash of a full subtree; only every fourth level is kept, the others are computed.

    `number` is the in-order number (2 · index + 1) · 2^level − 1.
    """

    number = models.BigIntegerField(primary_key=True)
    hash = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return str(self.number)
