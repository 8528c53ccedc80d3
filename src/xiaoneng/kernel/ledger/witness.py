"""见证: somebody outside (监察室) countersigns heads with a key of their own, in a folder and a process of their own,
after checking that the newest head continues the last one that they signed.

The witness's folder holds `witness.key` (mode 600), `witness.json` (name, and which ledger), and `witnessed.jsonl`: one
line for each head that was signed. That file is the witness's memory; nothing in the database can change it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from xiaoneng.foundation import merkle
from xiaoneng.foundation.refusals import Refused
from xiaoneng.kernel.ledger import keys, notes, signing, tree
from xiaoneng.kernel.ledger.models import Cosignature, Head, SigningKey

RECORDS = "witnessed.jsonl"


@dataclass(frozen=True, slots=True)
class Record:
    """见证记录: a head that a witness signed."""

    name: str
    public: str
    note: str
    line: str

    @property
    def size(self) -> int:
        return notes.parse(self.note)[1]

    @property
    def root(self) -> bytes:
        return notes.parse(self.note)[2]

    def is_valid(self) -> bool:
        return notes.is_cosigned(self.line, name=self.name, public=bytes.fromhex(self.public), note=self.note)


def records(folder: Path) -> Iterator[Record]:
    """The heads signed according to a folder's own file, oldest first. Raises `Refused` for a damaged file."""
    path = folder / RECORDS
    if not path.exists():
        return
    with open(path, encoding="utf-8") as file:
        for number, text in enumerate(file, 1):
            try:
                record = Record(**json.loads(text))
                notes.parse(record.note)
                bytes.fromhex(record.public)
            except (ValueError, TypeError) as error:
                raise Refused(f"{path} 第 {number} 行已损坏。", remedy="请从见证方的备份恢复该文件。") from error
            yield record


def init(folder: Path, *, name: str) -> str:
    """建立见证方: make folder and key; the fingerprint of its public key. Raises `Refused` where one exists."""
    if not name or len(name) > 100 or any(c.isspace() or c == "+" for c in name):
        raise Refused(f"见证方名称“{name}”不可用。", remedy="名称不超过 100 字，不含空格和加号，例如：监察室。")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if (folder / "witness.key").exists():
        raise Refused(f"{folder} 中已有见证密钥。", remedy="如需新的见证方，请换一个空目录。")
    public = notes.public_of(keys.private_key(folder / "witness.key"))
    _write(folder / "witness.json", json.dumps({"name": name, "ledger": ""}, ensure_ascii=False))
    return notes.fingerprint(public)


def sign(folder: Path, *, at: datetime) -> Record | None:
    """见证: countersign the newest head; None where it was signed already.

    Raises `Refused` where the head is not properly signed, is of another ledger, or contradicts the last one.
    """
    if not (folder / "witness.key").exists():
        raise Refused(f"{folder} 中没有见证密钥。", remedy="请先运行 xiaoneng ledger witness init。")
    about = json.loads((folder / "witness.json").read_text("utf-8"))
    head = Head.objects.order_by("-size").first()
    if head is None:
        raise Refused("台账还没有签发过树头，无可见证。")
    _check_head(head, about["ledger"])
    last = None
    for last in records(folder):  # noqa: B007 - only the newest counts
        pass
    if last is not None:
        _check_continues(last, head)
        if last.size == head.size:
            _publish(head, last, at)
            return None
    key = keys.private_key(folder / "witness.key")
    line = notes.cosign(key, name=about["name"], note=head.note, seconds=int(at.timestamp()))
    record = Record(about["name"], notes.public_of(key).hex(), head.note, line)
    if not about["ledger"]:
        _write(folder / "witness.json", json.dumps({**about, "ledger": signing.origin()}, ensure_ascii=False))
    _append(folder / RECORDS, record)  # first the own memory, then the world
    _publish(head, record, at)
    return record


def _check_head(head: Head, known: str) -> None:
    name = signing.origin()
    if known and name != known:
        raise Refused(
            f"这是另一本台账（{name}），见证方认的是 {known}。", remedy="拒绝见证。请查明台账是否被整本替换。"
        )
    origin, size, root, _ = notes.parse(head.note)
    key = SigningKey.objects.get(number=head.key_id)
    genuine = notes.is_note_of(head.note, name=name, public=key.public) and _is_introduced(key)
    if not genuine or (origin, size, root) != (name, head.size, bytes(head.root)):
        raise Refused("最新树头的签名无效，拒绝见证。", remedy="请运行 xiaoneng ledger verify 查明。")


def _is_introduced(key: SigningKey) -> bool:
    """Whether each key up to this one was introduced by the one before."""
    before = b""
    for row in SigningKey.objects.filter(number__lte=key.number).order_by("number"):
        text = row.statement.encode()
        if bytes(row.public).hex() not in row.statement or not notes.is_signed(row.public, row.signature, text):
            return False
        if before and not notes.is_signed(before, row.signature_before, text):
            return False
        before = bytes(row.public)
    return True


def _check_continues(last: Record, head: Head) -> None:
    refusal = Refused(
        f"最新树头（{head.size} 条）与已见证的树头（{last.size} 条）矛盾，拒绝见证。",
        remedy="台账的历史被改写过。请保存见证目录并运行 xiaoneng ledger verify --witness 查明。",
    )
    if not last.is_valid():
        raise Refused("见证方自己的记录签名无效。", remedy="请从见证方的备份恢复。")
    if head.size < last.size:
        raise refusal
    proof = tree.consistency_proof(last.size, head.size)
    if not merkle.verify_consistency(
        size1=last.size, size2=head.size, root1=last.root, root2=bytes(head.root), proof=proof
    ):
        raise refusal


def _publish(head: Head, record: Record, at: datetime) -> None:
    """The countersignature becomes a row of the ledger's database, and is remembered in the data folder."""
    with transaction.atomic():
        _, created = Cosignature.objects.get_or_create(
            head=head,
            public=bytes.fromhex(record.public),
            defaults={"witness": record.name, "at": at, "line": record.line},
        )
        if created:
            transaction.on_commit(lambda: _append(keys.folder() / RECORDS, record))


def _append(path: Path, record: Record) -> None:
    with open(path, "a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(record), ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())


def _write(path: Path, text: str) -> None:
    draft = path.with_suffix(".new")
    draft.write_text(text, "utf-8")
    draft.replace(path)
