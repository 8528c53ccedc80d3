"""核验: every way of changing the ledger or the business behind its back is found, and named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from xiaoneng.kernel.ledger import api as ledger
from xiaoneng.kernel.ledger import segments, verification
from xiaoneng.kernel.ledger.models import Event, Failure, Head, Leaf, Node, Verification
from xiaoneng.kernel.ledger.tests.conftest import ACTOR, AT, codes, fill, save
from xiaoneng.kernel.ledger.tests.specimens.models import Specimen, SpecimenRemoved, SpecimenSaved
from xiaoneng.kernel.ledger.verification import chain, rows

pytestmark = pytest.mark.django_db(transaction=True)
Tamper = Callable[..., None]


@pytest.mark.parametrize("count", [1, 15, 16, 17, 300])
def test_an_honest_ledger_has_no_findings(count: int) -> None:
    fill(count)
    save("后来")
    report = ledger.verify_all(at=AT)
    assert report.findings == []
    assert (report.size, report.pending, report.rows) == (count + 1, 0, count + 1)
    assert Verification.objects.get().ok


def test_an_empty_ledger_has_no_findings() -> None:
    report = ledger.verify_all(at=AT)
    assert report.ok
    assert (report.size, report.heads) == (0, 0)


def test_chunks_and_high_nodes_are_compared(monkeypatch: pytest.MonkeyPatch, tamper: Tamper) -> None:
    monkeypatch.setattr(chain, "LEVEL", 4)
    monkeypatch.setattr(chain, "CHUNK", 16)
    fill(530)
    assert verification.verify().findings == []
    tamper("UPDATE ledger_node SET hash = (SELECT hash FROM ledger_leaf WHERE position = 0) WHERE number = 255")
    report = verification.verify()
    assert codes(report) == [("tree", "255")]
    assert "位置 0 至 255 " in report.findings[0].message


def test_one_bit_changed_in_an_event(tamper: Tamper) -> None:
    fill(40)
    event = Event.objects.get(leaf__position=21)
    changed = event.content.replace('"v":1', '"v":0')
    tamper(f"UPDATE ledger_event SET content = '{changed}' WHERE id = {event.id}")
    report = verification.verify()
    assert codes(report) == [("changed", "21")]
    assert f"位置 21 的事件（编号 {event.id}）" in report.findings[0].message


def test_an_event_changed_together_with_its_leaf(tamper: Tamper) -> None:
    fill(40)
    tamper("UPDATE ledger_leaf SET hash = (SELECT seal FROM ledger_event ORDER BY id LIMIT 1) WHERE position = 21")
    assert {("changed", "21"), ("head", "40"), ("tree", str(2 * 16 + 15))} <= set(codes(verification.verify()))


def test_a_deleted_event(tamper: Tamper) -> None:
    fill(40)
    tamper("DELETE FROM ledger_event WHERE id = (SELECT event_id FROM ledger_leaf WHERE position = 7)")
    assert ("dropped", "7") in codes(verification.verify())


def test_an_event_deleted_with_its_leaf(tamper: Tamper) -> None:
    fill(40)
    tamper(
        "DELETE FROM ledger_event WHERE id = (SELECT event_id FROM ledger_leaf WHERE position = 7)",
        "DELETE FROM ledger_leaf WHERE position = 7",
    )
    assert ("dropped", "7") in codes(verification.verify())


@pytest.mark.parametrize("with_heads", [False, True], ids=["head stays", "head goes too"])
def test_events_cut_off_at_the_end(tamper: Tamper, with_heads: bool) -> None:
    fill(20)
    fill(20)
    tamper(
        *["DELETE FROM ledger_head WHERE size > 20"] * with_heads,
        "DELETE FROM specimens_specimen WHERE id > 20",
        "DELETE FROM ledger_leaf WHERE position >= 20",
        "DELETE FROM ledger_event WHERE id NOT IN (SELECT event_id FROM ledger_leaf)",
        "DELETE FROM ledger_node WHERE number >= 40",
        f"DELETE FROM specimens_specimen WHERE id >= {Specimen.objects.order_by('-id')[19].pk}",
    )
    report = verification.verify()
    assert ("head", "40") in codes(report)
    assert "末尾的事件被删除" in "".join(map(str, report.findings))


def test_two_events_swapped(tamper: Tamper) -> None:
    rows = fill(40)
    low, high = Event.objects.get(leaf__position=3), Event.objects.get(leaf__position=30)
    tamper(
        f"UPDATE ledger_event SET content = '{high.content}' WHERE id = {low.id}",
        f"UPDATE ledger_event SET content = '{low.content}' WHERE id = {high.id}",
    )
    report = verification.verify()
    assert codes(report) == [("changed", "3"), ("swapped", "30")]
    assert "位置 3 与位置 30 的事件被对调" in report.findings[1].message
    assert len(rows) == 40


def test_two_places_swapped(tamper: Tamper) -> None:
    fill(40)
    low, high = Leaf.objects.get(position=3), Leaf.objects.get(position=30)
    tamper(
        "UPDATE ledger_leaf SET event_id = -1 WHERE position = 3",
        f"UPDATE ledger_leaf SET event_id = {low.event_id} WHERE position = 30",
        f"UPDATE ledger_leaf SET event_id = {high.event_id} WHERE position = 3",
    )
    assert codes(verification.verify()) == [("changed", "3"), ("swapped", "30")]


@pytest.mark.parametrize("seal", ["seal", "content"], ids=["copied with its seal", "forged"])
def test_an_inserted_event_gets_no_place(tamper: Tamper, seal: str) -> None:
    """A copy of an old event would make an old state of its row look current."""
    fill(3)
    content = "content" if seal == "seal" else """REPLACE(content, '"v":1', '"v":2')"""
    tamper(f"INSERT INTO ledger_event (content, seal) SELECT {content}, seal FROM ledger_event ORDER BY id LIMIT 1")
    report = ledger.verify_all(at=AT)
    assert [code for code, _ in codes(report)] == ["inserted"]
    assert (report.size, report.pending) == (3, 1)


def test_an_event_inserted_with_a_place(tamper: Tamper) -> None:
    fill(3)
    tamper(
        "INSERT INTO ledger_event (content, seal) SELECT content, seal FROM ledger_event LIMIT 1",
        "INSERT INTO ledger_leaf (position, event_id, hash) "
        "SELECT 3, (SELECT MAX(id) FROM ledger_event), seal FROM ledger_event ORDER BY id LIMIT 1",
    )
    report = verification.verify()
    assert report.size == 4
    assert ("unsigned", "3") in codes(report)


def test_a_row_edited_behind_the_ledgers_back(tamper: Tamper) -> None:
    rows = fill(5)
    tamper(f"UPDATE specimens_specimen SET amount = amount + 1 WHERE id = {rows[2].pk}")
    report = verification.verify()
    assert codes(report) == [("row", f"specimens.specimen:{rows[2].pk}")]
    assert "绕过台账被改动" in report.findings[0].message
    assert "位置 2" in report.findings[0].message


def test_a_field_that_is_not_sealed_may_change(tamper: Tamper) -> None:
    rows = fill(2)
    tamper(f"UPDATE specimens_specimen SET remark = 'x' WHERE id = {rows[0].pk}")
    assert verification.verify().ok


def test_a_row_inserted_behind_the_ledgers_back() -> None:
    fill(2)
    row = Specimen.objects.create(name="偷偷")
    report = verification.verify()
    assert codes(report) == [("row", f"specimens.specimen:{row.pk}")]
    assert "绕过台账插入" in report.findings[0].message


def test_a_row_deleted_behind_the_ledgers_back(tamper: Tamper) -> None:
    rows = fill(3)
    tamper(f"DELETE FROM specimens_specimen WHERE id = {rows[1].pk}")
    report = verification.verify()
    assert codes(report) == [("row", f"specimens.specimen:{rows[1].pk}")]
    assert "绕过台账删除" in report.findings[0].message


def test_a_retired_row_is_missed_by_nobody_unless_it_returns() -> None:
    row = save()
    with transaction.atomic():
        ledger.retire(SpecimenRemoved(row.pk), subject=row, actor=ACTOR, at=AT)
        pk, salt = row.pk, row.ledger_salt
        row.delete()
    assert ledger.verify_all(at=AT).ok
    Specimen.objects.create(id=pk, name="甲", ledger_salt=salt)
    assert "已销账却仍然存在" in str(verification.verify().findings[0])


def test_a_changed_head_is_not_signed(tamper: Tamper) -> None:
    fill(3)
    root = bytes(Leaf.objects.get(position=0).hash)
    tamper("UPDATE ledger_head SET root = (SELECT hash FROM ledger_leaf WHERE position = 0)")
    assert bytes(Head.objects.get().root) == root
    assert codes(verification.verify()) == [("head", "3"), ("head", "3")]


def test_a_removed_trigger_is_a_finding(tamper: Tamper) -> None:
    from django.db import connection

    from xiaoneng.kernel.ledger import guards

    fill(1)
    guards.lift(connection)
    try:
        report = verification.verify()
    finally:
        guards.install(connection)
    assert {code for code, _ in codes(report)} == {"guard"}


def test_a_tree_that_contradicts_its_head_is_not_continued(tamper: Tamper) -> None:
    fill(3)
    tamper("UPDATE ledger_leaf SET hash = (SELECT seal FROM ledger_event ORDER BY id LIMIT 1) WHERE position = 1")
    save()
    report = ledger.verify_all(at=AT)
    assert not report.ok
    assert report.size == 3
    assert Head.objects.count() == 1


def test_a_changed_or_lost_segment(monkeypatch: pytest.MonkeyPatch, data_folder: Path) -> None:
    import pyarrow.parquet as pq

    monkeypatch.setattr(segments, "SIZE", 16)
    fill(33)
    assert ledger.seal_segments(AT) == 2
    assert ledger.verify_all(at=AT).findings == []
    first, second = sorted((data_folder / "segments").glob("*.parquet"))
    table = pq.read_table(second).to_pydict()
    assert table["position"] == list(range(16, 32))
    assert table["kind"] == ["specimens.saved"] * 16
    first.write_bytes(first.read_bytes()[:-1] + b"x")
    second.unlink()
    assert codes(verification.verify()) == [("segment", first.name), ("segment", second.name)]
    assert ledger.seal_segments(AT) == 0


def test_verifying_changes_nothing() -> None:
    fill(20)
    before = (Event.objects.count(), Leaf.objects.count(), Node.objects.count(), Failure.objects.count())
    verification.verify()
    assert before == (Event.objects.count(), Leaf.objects.count(), Node.objects.count(), Failure.objects.count())


def test_events_sequenced_while_verifying_are_no_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    fill(15)
    original = verification.heads.check_keys

    def meanwhile(report: Any) -> dict[int, bytes]:
        fill(20)
        return original(report)

    monkeypatch.setattr(verification.heads, "check_keys", meanwhile)
    report = verification.verify()
    assert report.findings == []
    assert report.size == 15


def test_a_row_changed_properly_while_verifying_is_no_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    (row,) = fill(1)
    original = rows.last_events

    def meanwhile(subjects: Any) -> Any:
        monkeypatch.setattr(rows, "last_events", original)
        with transaction.atomic():
            row.amount = 7
            row.save()
            ledger.record(SpecimenSaved(row.pk), actor=ACTOR, at=AT, subject=row)
        return original(subjects)

    monkeypatch.setattr(rows, "last_events", meanwhile)
    assert verification.verify().findings == []


@pytest.mark.parametrize("content", ["{}", "[]", '{"subject":"specimens.specimen:1"}', '{"kind":7}'])
def test_nonsense_in_place_of_an_event_is_a_finding(tamper: Tamper, content: str) -> None:
    fill(3)
    tamper(f"UPDATE ledger_event SET content = '{content}' WHERE id = (SELECT MIN(id) FROM ledger_event)")
    report = ledger.verify_all(at=AT)
    assert ("changed", "0") in codes(report)
