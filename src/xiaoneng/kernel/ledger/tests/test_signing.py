"""签名、轮换、见证."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction

from xiaoneng.foundation import merkle
from xiaoneng.foundation.actors import SYSTEM
from xiaoneng.foundation.refusals import Refused
from xiaoneng.kernel.ledger import api as ledger
from xiaoneng.kernel.ledger import notes, signing, tree, verification, witness
from xiaoneng.kernel.ledger.models import Cosignature, Event, Head, Leaf, SigningKey
from xiaoneng.kernel.ledger.tests.conftest import AT, codes, fill, save

pytestmark = pytest.mark.django_db(transaction=True)
Tamper = Callable[..., None]


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """The witness's own folder, outside the data folder."""
    ledger.witness_init(tmp_path / "监察室", name="监察室")
    return tmp_path / "监察室"


def test_a_head_is_a_signed_note_of_the_tree() -> None:
    fill(21)
    head, key = Head.objects.get(), SigningKey.objects.get()
    leaves = [merkle.leaf_hash(e.content.encode()) for e in Event.objects.order_by("leaf__position")]
    assert bytes(head.root) == merkle.root(leaves)
    assert notes.parse(head.note) == (signing.origin(), 21, bytes(head.root), "2026-03-02T09:30:00.000000Z")
    assert notes.is_note_of(head.note, name=signing.origin(), public=key.public)
    assert not notes.is_note_of(head.note.replace("\n21\n", "\n22\n"), name=signing.origin(), public=key.public)
    assert ledger.sequence(AT) == 0
    assert Head.objects.count() == 1


@pytest.mark.parametrize("size", [1, 2, 15, 16, 17, 100, 256, 273])
def test_kept_nodes_give_the_proofs_of_the_definition(size: int) -> None:
    fill(size)
    leaves = [bytes(leaf.hash) for leaf in Leaf.objects.order_by("position")]
    for index in {0, size // 3, size - 1}:
        assert tree.inclusion_proof(index, size) == merkle.inclusion_proof(leaves, index)
    for older in {1, (size + 1) // 2, size}:
        assert tree.consistency_proof(older, size) == merkle.consistency_proof(leaves, older)


def test_growing_in_steps_keeps_the_same_nodes() -> None:
    for count in (1, 2, 13, 1, 40, 200, 3):
        fill(count)
    leaves = [bytes(leaf.hash) for leaf in Leaf.objects.order_by("position")]
    assert tree.root(260) == merkle.root(leaves)
    assert [head.size for head in Head.objects.order_by("size")] == [1, 3, 16, 17, 57, 257, 260]
    assert verification.verify().findings == []


def test_a_new_key_is_introduced_by_the_old_one(data_folder: Path) -> None:
    fill(3)
    ledger.rotate_key(actor=SYSTEM, at=AT)
    fill(2)
    first, second = SigningKey.objects.order_by("number")
    assert notes.is_signed(first.public, second.signature_before, second.statement.encode())
    assert json.loads(second.statement)["before"] == bytes(first.public).hex()
    assert Event.objects.filter(kind="ledger.key_rotated").count() == 1
    assert [head.key_id for head in Head.objects.order_by("size")] == [1, 2]
    names = {path.name for path in (data_folder / "ledger").iterdir()}
    assert {"signing-0001.pub", "signing-0002.pub", "signing-0002.key"} <= names
    assert "signing-0001.key" not in names
    assert verification.verify().findings == []


def test_a_rotation_that_rolls_back_leaves_the_old_key_in_charge(data_folder: Path) -> None:
    fill(1)
    with transaction.atomic():
        ledger.rotate_key(actor=SYSTEM, at=AT)
        transaction.set_rollback(True)
    assert (data_folder / "ledger" / "signing-0001.key").exists()
    fill(1)
    ledger.rotate_key(actor=SYSTEM, at=AT)
    fill(1)
    assert [head.key_id for head in Head.objects.order_by("size")] == [1, 1, 2]
    assert verification.verify().findings == []


def test_a_replaced_key_row_is_found(tamper: Tamper, data_folder: Path) -> None:
    fill(1)
    tamper("UPDATE ledger_signingkey SET signature = signature_before")
    assert codes(verification.verify()) == [("key", "1")]
    (data_folder / "ledger" / "signing-0001.pub").write_text("00" * 32)
    assert codes(verification.verify()) == [("key", "1"), ("key", "1")]


def test_a_missing_or_foreign_private_key_signs_nothing(data_folder: Path) -> None:
    fill(1)
    key = data_folder / "ledger" / "signing-0001.key"
    original = key.read_text()
    save()
    for content, reason in (("ab" * 32, "与台账登记的公钥不符"), ("zz", "已损坏"), (None, "没有台账的签名密钥")):
        key.unlink()
        if content:
            key.touch(mode=0o600)
            key.write_text(content)
        with pytest.raises(Refused, match=reason):
            ledger.sequence(AT)
    assert (Leaf.objects.count(), Head.objects.count()) == (1, 1)
    key.touch(mode=0o600)
    key.write_text(original)
    assert ledger.sequence(AT) == 1


def test_a_witness_countersigns_what_continues(office: Path) -> None:
    fill(5)
    first = ledger.witness_sign(office, at=AT)
    assert first is not None
    assert ledger.witness_sign(office, at=AT) is None
    fill(30)
    second = ledger.witness_sign(office, at=AT + timedelta(days=1))
    assert second is not None
    assert (first.size, second.size) == (5, 35)
    row = Cosignature.objects.get(head=35)
    note = Head.objects.get(size=35).note
    assert notes.is_cosigned(row.line, name="监察室", public=row.public, note=note)
    assert (office / "witness.key").stat().st_mode & 0o777 == 0o600
    assert [record.size for record in witness.records(office)] == [5, 35]
    assert verification.verify(witnesses=[office]).findings == []


def rewrite(tamper: Tamper) -> None:
    """The ledger's own operator rewrites history: new leaves, nodes and heads, all signed with the true key."""
    tamper("DELETE FROM ledger_leaf", "DELETE FROM ledger_node", "DELETE FROM ledger_head", "DELETE FROM ledger_cursor")
    signing.forget()
    tamper("DELETE FROM ledger_event WHERE id = (SELECT MIN(id) FROM ledger_event)")
    ledger.sequence(AT)


def test_a_rewritten_ledger_contradicts_its_witness(office: Path, tamper: Tamper) -> None:
    fill(20)
    ledger.witness_sign(office, at=AT)
    tamper("DELETE FROM ledger_cosignature")
    rewrite(tamper)
    assert {code for code, _ in codes(verification.verify())} == {"row"}, "without the witness only the row is missed"
    fill(5)
    with pytest.raises(Refused, match="矛盾，拒绝见证"):
        ledger.witness_sign(office, at=AT)
    report = verification.verify(witnesses=[office])
    assert ("head", "20") in codes(report)
    assert "见证方“监察室”签过的树头" in "".join(map(str, report.findings))
    assert [record.size for record in witness.records(office)] == [20]
    assert not Cosignature.objects.exists()


def test_a_shorter_ledger_contradicts_its_witness(office: Path, tamper: Tamper) -> None:
    fill(20)
    ledger.witness_sign(office, at=AT)
    tamper("DELETE FROM ledger_cosignature")
    rewrite(tamper)
    with pytest.raises(Refused, match="矛盾，拒绝见证"):
        ledger.witness_sign(office, at=AT)


def test_the_data_folder_remembers_what_was_witnessed(office: Path, tamper: Tamper) -> None:
    fill(20)
    fill(1)
    ledger.witness_sign(office, at=AT)
    tamper(
        "DELETE FROM ledger_cosignature",
        "DELETE FROM ledger_head WHERE size = 21",
        "DELETE FROM ledger_leaf WHERE position = 20",
        "DELETE FROM ledger_node WHERE number >= 40",
    )
    report = verification.verify()
    assert ("head", "21") in codes(report)
    save()
    with pytest.raises(Refused, match="停止编入和签发"):
        ledger.sequence(AT)


def test_a_witness_refuses_another_ledger_and_a_badly_signed_head(office: Path, tamper: Tamper) -> None:
    with pytest.raises(Refused, match="无可见证"):
        ledger.witness_sign(office, at=AT)
    fill(2)
    tamper("UPDATE ledger_head SET note = REPLACE(note, '2026', '2025')")
    with pytest.raises(Refused, match="签名无效"):
        ledger.witness_sign(office, at=AT)
    tamper("UPDATE ledger_head SET note = REPLACE(note, '2025', '2026')")
    ledger.witness_sign(office, at=AT)
    about = json.loads((office / "witness.json").read_text())
    (office / "witness.json").write_text(json.dumps({**about, "ledger": "xiaoneng-ledger-other"}))
    with pytest.raises(Refused, match="另一本台账"):
        ledger.witness_sign(office, at=AT)


def test_a_forged_countersignature_is_found(office: Path, tamper: Tamper) -> None:
    fill(2)
    ledger.witness_sign(office, at=AT)
    tamper("UPDATE ledger_cosignature SET witness = '别人'")
    assert codes(verification.verify()) == [("witness", "2")]


@pytest.mark.parametrize("name", ["", "a b", "a+b", "甲" * 101])
def test_a_witness_needs_a_usable_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refused, match="名称"):
        ledger.witness_init(tmp_path / "w", name=name)
    assert not (tmp_path / "w").exists()


def test_a_witness_is_made_once_and_reads_only_its_own_records(office: Path) -> None:
    with pytest.raises(Refused, match="已有见证密钥"):
        ledger.witness_init(office, name="监察室")
    with pytest.raises(Refused, match="没有见证密钥"):
        ledger.witness_sign(office.parent / "nowhere", at=AT)
    (office / witness.RECORDS).write_text("{}\n")
    fill(1)
    with pytest.raises(Refused, match="已损坏"):
        ledger.witness_sign(office, at=AT)


@pytest.mark.parametrize("line", ["", "—", "— 监察室 !!", "— 监察室 AAAA", "x 监察室 " + "A" * 104, "— 别 人 x y"])
def test_malformed_signature_lines_are_no_signatures(line: str) -> None:
    note = "origin\n1\nAA==\nnow\n\n" + line
    assert not notes.is_cosigned(line, name="监察室", public=b"\x01" * 32, note=note)
    assert not notes.is_note_of(note, name="监察室", public=b"")
