"""证明: everything that a stranger needs to check one event, as JSON for `verify.py`."""

from __future__ import annotations

from typing import Any

from xiaoneng.foundation import merkle
from xiaoneng.kernel.ledger import tree
from xiaoneng.kernel.ledger.models import Cosignature, Event, Head, Leaf, SigningKey

FORMAT = "xiaoneng-ledger-proof/1"


def proof_of(event: Event, *, with_content: bool) -> dict[str, Any] | None:
    """存证证明: place, path, head, keys and countersignatures; None until a signed head covers the event.

    The head is the newest that a witness signed, if one covers the event, else the newest. Raises `Refused` where the
    tree is damaged.
    """
    leaf = Leaf.objects.filter(event=event).first()
    if leaf is None:
        return None
    covering = Head.objects.filter(size__gt=leaf.position).order_by("-size")
    head = covering.filter(cosignatures__isnull=False).first() or covering.first()
    if head is None:
        return None
    proof: dict[str, Any] = {
        "format": FORMAT,
        "position": leaf.position,
        "size": head.size,
        "leaf": bytes(leaf.hash).hex(),
        "inclusion": [value.hex() for value in tree.inclusion_proof(leaf.position, head.size)],
        "head": head_entry(head),
        "keys": [key_entry(key) for key in SigningKey.objects.order_by("number")],
        "cosignatures": [cosignature_entry(row) for row in head.cosignatures.order_by("id")],
    }
    return {**proof, "content": event.content} if with_content else proof


def holds(proof: dict[str, Any], event: Event, head_root: bytes) -> bool:
    """证明成立: the event as it stands in the database now is in the tree of that head."""
    return merkle.verify_inclusion(
        index=proof["position"],
        size=proof["size"],
        leaf=merkle.leaf_hash(event.content.encode()),
        proof=[bytes.fromhex(value) for value in proof["inclusion"]],
        root=head_root,
    )


def key_entry(key: SigningKey) -> dict[str, Any]:
    return {
        "public": bytes(key.public).hex(),
        "statement": key.statement,
        "signature": bytes(key.signature).hex(),
        "signature_before": bytes(key.signature_before).hex(),
    }


def head_entry(head: Head) -> dict[str, Any]:
    return {"key": head.key_id, "note": head.note}


def cosignature_entry(row: Cosignature) -> dict[str, Any]:
    return {"size": row.head_id, "witness": row.witness, "public": bytes(row.public).hex(), "line": row.line}
