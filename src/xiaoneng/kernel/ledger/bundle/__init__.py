"""存证包: what a stranger needs to verify the ledger without this system and without a database.

`events.jsonl` (each line is a leaf), `heads.jsonl`, `keys.jsonl`, `cosignatures.jsonl`, `rows.jsonl` (digests of the
business rows; with their sealed values and salts only where asked), `manifest.json`, and `verify.py`.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from xiaoneng.foundation.refusals import Refused
from xiaoneng.kernel.ledger import proofs, signing
from xiaoneng.kernel.ledger.canonical import canonical, moment
from xiaoneng.kernel.ledger.digest import SALT, definitions
from xiaoneng.kernel.ledger.models import Cosignature, Head, Leaf, Ledgered, SigningKey
from xiaoneng.kernel.ledger.queries import head_size
from xiaoneng.kernel.ledger.verification.rows import last_events, ledgered_models

CHUNK = 500
FORMAT = "xiaoneng-ledger-bundle/1"
SCRIPT = Path(__file__).with_name("verify.py")


def export(folder: Path, *, at: datetime, disclose: bool = False) -> int:
    """导出存证包: everything that the newest head covers; how many events.

    `disclose` adds the sealed values of the rows, which may be personal data. Raises `Refused` where the folder is
    not empty or the ledger has no head yet.
    """
    size = head_size()
    if not size:
        raise Refused("台账还没有签发过树头，无可导出。", remedy="请先运行 xiaoneng ledger verify。")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(f"{folder} 不是空目录。", remedy="请换一个新目录。")
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "events.jsonl", _events(size))
    _write(folder / "heads.jsonl", _heads(size))
    _write(folder / "keys.jsonl", _keys())
    _write(folder / "cosignatures.jsonl", _cosignatures(size))
    rows = _write(folder / "rows.jsonl", _rows(size, disclose=disclose))
    manifest = {"format": FORMAT, "origin": signing.origin(), "exported": moment(at), "size": size, "rows": rows}
    _write(folder / "manifest.json", [canonical(manifest)])
    shutil.copyfile(SCRIPT, folder / "verify.py")
    return size


def _write(path: Path, lines: Iterable[str]) -> int:
    count = 0
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        for line in lines:
            file.write(line + "\n")
            count += 1
    return count


def _events(size: int) -> Iterator[str]:
    for start in range(0, size, CHUNK):
        stretch = Leaf.objects.filter(position__gte=start, position__lt=min(start + CHUNK, size)).order_by("position")
        yield from stretch.values_list("event__content", flat=True)


def _heads(size: int) -> Iterator[str]:
    for head in Head.objects.filter(size__lte=size).order_by("size").iterator():
        yield canonical(proofs.head_entry(head))


def _keys() -> Iterator[str]:
    for key in SigningKey.objects.order_by("number"):
        yield canonical(proofs.key_entry(key))


def _cosignatures(size: int) -> Iterator[str]:
    for row in Cosignature.objects.filter(head__size__lte=size).order_by("id").iterator():
        yield canonical(proofs.cosignature_entry(row))


def _rows(size: int, *, disclose: bool) -> Iterator[str]:
    for label, model in sorted(ledgered_models().items()):
        attributes = sorted({name for each in definitions(model) for name in each.attributes})
        query = model._base_manager.order_by("pk").values_list("pk", SALT, *attributes)
        rows = list(query[:CHUNK])
        while rows:
            last = last_events(f"{label}:{row[0]}" for row in rows)
            for row in rows:
                entry, position = last.get(f"{label}:{row[0]}", ({}, 0))
                if position is None or position >= size:
                    yield canonical({"subject": f"{label}:{row[0]}", "pending": True})
                else:
                    values = dict(zip(attributes, row[2:], strict=True))
                    yield canonical(_row(model, row[0], bytes(row[1]), values, entry, disclose=disclose))
            rows = list(query.filter(pk__gt=rows[-1][0])[:CHUNK])


def _row(
    model: type[Ledgered], pk: Any, salt: bytes, values: dict[str, Any], entry: dict[str, Any], *, disclose: bool
) -> dict[str, Any]:
    """A row as it stands now, digested as its last event did."""
    known = definitions(model)
    definition = next((each for each in known if each.tag == entry.get("fields")), known[0])
    text = definition.text(pk, values.__getitem__)
    found: dict[str, Any] = {
        "subject": f"{model._meta.label_lower}:{pk}",
        "digest": definition.of_text(salt, text),
    }
    return {**found, "salt": salt.hex(), "content": text} if disclose else found
