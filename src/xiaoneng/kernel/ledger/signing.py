"""签名: the ledger's signing keys and heads. Private keys are files of the data folder, public keys are also rows."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction

from xiaoneng.events.ledger import KeyRotated
from xiaoneng.foundation.actors import Actor
from xiaoneng.foundation.refusals import Refused
from xiaoneng.kernel.ledger import keys, locks, notes, services, tree
from xiaoneng.kernel.ledger.canonical import canonical, moment
from xiaoneng.kernel.ledger.models import Head, SigningKey


def origin() -> str:
    """台账名: of the ledger in its heads; from its first key, so that it outlives all the others."""
    first = SigningKey.objects.order_by("number").first()
    if first is None:
        raise Refused("台账还没有签名密钥。")
    return origin_of(bytes(first.public))


def origin_of(public: bytes) -> str:
    return f"xiaoneng-ledger-{notes.fingerprint(public)}"


def current(at: datetime) -> tuple[SigningKey, Ed25519PrivateKey]:
    """现用密钥: the newest; the first is made and registered here.

    Raises `Refused` where the private key in the data folder is missing or is another one.
    """
    row = SigningKey.objects.order_by("-number").first()
    if row is None:
        key = keys.private_key(_path(1))
        return _register(1, key, None, at), key
    path = _path(row.number)
    if not path.exists():
        raise Refused(f"数据目录中没有台账的签名密钥 {path.name}。", remedy="请从备份恢复数据目录中的 ledger 目录。")
    key = keys.private_key(path)
    if notes.public_of(key) != bytes(row.public):
        raise Refused(
            f"签名密钥 {path.name} 与台账登记的公钥不符。", remedy="请从备份恢复，或运行 xiaoneng ledger verify。"
        )
    return row, key


def sign_head(count: int, at: datetime) -> Head:
    """签发树头: over the first `count` events. The caller holds the sequencer's lock and has just placed them."""
    row, key = current(at)
    name, root = origin(), tree.root(count)
    note = notes.sign(key, name=name, body=notes.checkpoint(origin=name, size=count, root=root, stamp=moment(at)))
    transaction.on_commit(lambda: remember(note))
    return Head.objects.create(size=count, root=root, at=at, key=row, note=note)


def check_unbroken(count: int) -> None:
    """The tree of `count` leaves is exactly what the newest head signed, and continues the remembered head.

    Raises `Refused` where it is not: events placed by somebody else are never signed.
    """
    head = Head.objects.order_by("-size").first()
    if count != (head.size if head else 0):
        raise _broken(head.size if head else 0)
    claims = [(head.size, bytes(head.root))] if head else []
    if note := remembered():
        claims.append(notes.parse(note)[1:3])
    for size, root in claims:
        if size > count or tree.root(size) != root:
            raise _broken(size)


def _broken(size: int) -> Refused:
    return Refused(
        f"台账与已签发的树头（{size} 条）不符，停止编入和签发。",
        remedy=f"请运行 xiaoneng ledger verify 查明；确系恢复了较早的备份时，移走 {_memory()} 后再试。",
    )


def remember(note: str) -> None:
    """The newest head also stands in the data folder: a database cut back to an earlier state is recognised."""
    draft = _memory().with_suffix(".new")
    with open(draft, "w", encoding="utf-8") as file:
        file.write(note)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(_memory())


def remembered() -> str:
    return _memory().read_text("utf-8") if _memory().exists() else ""


def forget() -> None:
    """Only for a ledger that was emptied, as tests do."""
    _memory().unlink(missing_ok=True)
    (keys.folder() / "witnessed.jsonl").unlink(missing_ok=True)


def rotate(*, actor: Actor, at: datetime) -> SigningKey:
    """更换密钥: a new key, introduced by a statement that the old one and the new one sign.

    The old public key stays; the old private key is destroyed once the change-over is committed.
    """
    with transaction.atomic():
        locks.take(locks.SEQUENCER)
        old, old_key = current(at)
        path = _path(old.number + 1)
        path.unlink(missing_ok=True)  # left over from a rotation that was not committed
        row = _register(old.number + 1, keys.private_key(path), old_key, at)
        fact = KeyRotated(row.number, notes.fingerprint(old.public), notes.fingerprint(row.public))
        services.record(fact, actor=actor, at=at)
        transaction.on_commit(lambda: _path(old.number).unlink(missing_ok=True))
    return row


def statement(*, number: int, public: bytes, before: bytes, stamp: str) -> str:
    return canonical({"at": stamp, "before": before.hex(), "ledger_key": public.hex(), "number": number})


def _register(number: int, key: Ed25519PrivateKey, before: Ed25519PrivateKey | None, at: datetime) -> SigningKey:
    public = notes.public_of(key)
    _path(number).with_suffix(".pub").write_text(public.hex(), "ascii")
    text = statement(number=number, public=public, before=notes.public_of(before) if before else b"", stamp=moment(at))
    return SigningKey.objects.create(
        number=number,
        public=public,
        statement=text,
        signature=key.sign(text.encode()),
        signature_before=before.sign(text.encode()) if before else b"",
    )


def _path(number: int) -> Path:
    return keys.folder() / f"signing-{number:04}.key"


def _memory() -> Path:
    return keys.folder() / "newest-head"
