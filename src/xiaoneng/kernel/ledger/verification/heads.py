"""核验签名: keys, heads, countersignatures, and what witnesses have in their own records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from xiaoneng.kernel.ledger import keys as files
from xiaoneng.kernel.ledger import notes, signing, witness
from xiaoneng.kernel.ledger.models import Cosignature, Head, SigningKey
from xiaoneng.kernel.ledger.verification.report import Report

# size -> what somebody outside the tables of heads holds: (root, who says so)
Claims = dict[int, list[tuple[bytes, str]]]


def check_keys(report: Report) -> dict[int, bytes]:
    """核验密钥: each key is introduced by the one before; each public key stands in the data folder. By number."""
    found: dict[int, bytes] = {}
    before = b""
    for row in SigningKey.objects.order_by("number"):
        public, text = bytes(row.public), row.statement.encode()
        stated = f'"before":"{before.hex()}","ledger_key":"{public.hex()}","number":{row.number}}}'
        introduced = notes.is_signed(before, row.signature_before, text) if before else row.number == 1
        if not (row.statement.endswith(stated) and notes.is_signed(public, row.signature, text) and introduced):
            report.add("key", row.number, f"第 {row.number} 把签名密钥的启用声明无效：不是由前一把密钥交接而来。")
        path = files.folder() / f"signing-{row.number:04}.pub"
        if not path.exists() or path.read_text("ascii").strip() != public.hex():
            report.add(
                "key", row.number, f"第 {row.number} 把签名公钥与数据目录中的 {path.name} 不符：密钥登记被替换。"
            )
        found[row.number] = before = public
    return found


def claims(report: Report, witnesses: Sequence[Path]) -> Claims:
    """见证与记忆: heads that were signed or witnessed according to sources outside the table of heads."""
    found: Claims = defaultdict(list)
    if note := signing.remembered():
        _, size, root, _ = notes.parse(note)
        found[size].append((root, "数据目录中留存的最新树头"))
    for row in Cosignature.objects.select_related("head").iterator():
        if not notes.is_cosigned(row.line, name=row.witness, public=row.public, note=row.head.note):
            report.add("witness", row.head_id, f"见证方“{row.witness}”在 {row.head_id} 条处的签名无效。")
    for folder in [files.folder(), *witnesses]:
        for record in witness.records(folder):
            if not record.is_valid():
                report.add("witness", record.size, f"{folder} 中 {record.size} 条处的见证记录签名无效。")
                continue
            found[record.size].append((record.root, f"见证方“{record.name}”签过的树头"))
    return found


def due(
    report: Report, keys: dict[int, bytes], claimed: Claims, start: int, end: int
) -> Iterator[tuple[int, list[tuple[bytes, str]]]]:
    """The heads and claims over sizes in (start, end], with signatures checked on the way."""
    said: Claims = defaultdict(list)
    for head in Head.objects.filter(size__gt=start, size__lte=end).order_by("size"):
        report.heads += 1
        said[head.size].append((bytes(head.root), f"已签发的树头（{head.size} 条）"))
        if not _is_signed(head, keys):
            report.add("head", head.size, f"{head.size} 条处的树头签名无效：树头被改动。")
    for size in [size for size in claimed if start < size <= end]:
        said[size] += claimed[size]
    yield from sorted(said.items())


def beyond(claimed: Claims, size: int) -> list[int]:
    """Sizes larger than the tree for which there is a head or a claim."""
    return sorted(
        {*Head.objects.filter(size__gt=size).values_list("size", flat=True), *(s for s in claimed if s > size)}
    )


def _is_signed(head: Head, keys: dict[int, bytes]) -> bool:
    public = keys.get(head.key_id)
    if public is None:
        return False
    name = signing.origin_of(keys[min(keys)])
    try:
        origin, size, root, _ = notes.parse(head.note)
    except ValueError:
        return False
    if (origin, size, root) != (name, head.size, bytes(head.root)):
        return False
    return notes.is_note_of(head.note, name=name, public=public)
