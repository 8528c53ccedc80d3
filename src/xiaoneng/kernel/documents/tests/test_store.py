"""存档: one content, one row per name, a ledger event with the hash, nothing half."""

from __future__ import annotations

import hashlib
import io
import os
import stat
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xiaoneng.foundation.actors import SYSTEM
from xiaoneng.foundation.refusals import Unreadable
from xiaoneng.kernel.documents import api, vault
from xiaoneng.kernel.documents.models import StoredFile
from xiaoneng.kernel.ledger import api as ledger

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
CONTENT = "关于加强值班的通知\n".encode()


@pytest.fixture(autouse=True)
def vault_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    monkeypatch.setattr(vault, "folder", lambda: folder)
    return folder


def store(content: bytes | BinaryIO = CONTENT, filename: str = "通知.txt") -> StoredFile:
    return api.store(content=content, filename=filename, actor=SYSTEM, at=AT)


@pytest.mark.django_db
def test_store_keeps_content_row_and_event() -> None:
    stored = store()
    digest = hashlib.sha256(CONTENT).hexdigest()
    assert (stored.sha256, stored.size, stored.media_type) == (digest, len(CONTENT), "text/plain")
    assert vault.path_of(digest).read_bytes() == CONTENT
    entries = ledger.history(stored)
    assert [entry.kind for entry in entries] == ["documents.file_stored"]
    assert entries[0].payload["sha256"] == digest
    assert "通知" not in str(entries[0].payload)


@pytest.mark.django_db
def test_only_the_owner_can_read_what_is_stored() -> None:
    mode = stat.S_IMODE(vault.path_of(store().sha256).stat().st_mode)
    assert mode == 0o600


@pytest.mark.django_db
def test_the_same_file_twice_is_one_row_one_content_one_event() -> None:
    first, second = store(), store(io.BytesIO(CONTENT))
    assert first == second
    assert StoredFile.objects.count() == 1
    assert len(list(vault.contents())) == 1
    assert len(ledger.history(first)) == 1


@pytest.mark.django_db
def test_the_same_content_under_another_name_is_one_content() -> None:
    first, second = store(), store(filename="另一份.txt")
    assert (first.sha256, first.filename) != (second.sha256, second.filename)
    assert first.sha256 == second.sha256
    assert len(list(vault.contents())) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("content", "reason"), [(b"", "空文件"), (io.BytesIO(b""), "空文件")])
def test_an_empty_file_is_refused(content: bytes | BinaryIO, reason: str, vault_folder: Path) -> None:
    with pytest.raises(Unreadable, match=reason):
        store(content)
    assert StoredFile.objects.count() == 0
    assert not [path for path in vault_folder.rglob("*") if path.is_file()]


@pytest.mark.django_db
def test_a_file_that_is_too_large_is_refused_and_leaves_nothing(vault_folder: Path) -> None:
    class Endless(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            return b"a" * max(size, 1)

    with pytest.raises(Unreadable, match="上限"):
        store(Endless())  # type: ignore[arg-type]
    assert StoredFile.objects.count() == 0
    assert not [path for path in vault_folder.rglob("*") if path.is_file()]


@pytest.mark.django_db
def test_a_store_that_dies_while_writing_leaves_nothing_under_a_hash(vault_folder: Path) -> None:
    class Dying(io.RawIOBase):
        def __init__(self) -> None:
            self.left = 3

        def read(self, size: int = -1) -> bytes:
            self.left -= 1
            if self.left == 0:
                raise KeyboardInterrupt
            return b"half" * 1000

    with pytest.raises(KeyboardInterrupt):
        store(Dying())  # type: ignore[arg-type]
    assert list(vault.contents()) == []
    assert StoredFile.objects.count() == 0


@pytest.mark.django_db
def test_what_a_killed_process_left_aside_goes_after_a_day(vault_folder: Path) -> None:
    (vault_folder / "incoming").mkdir()
    old, fresh = vault_folder / "incoming" / "old", vault_folder / "incoming" / "fresh"
    for path, age in ((old, timedelta(days=2)), (fresh, timedelta(hours=1))):
        path.write_bytes(b"half")
        os.utime(path, ((AT - age).timestamp(),) * 2)
    store()
    assert not old.exists()
    assert fresh.exists()


@pytest.mark.django_db
def test_a_rolled_back_store_can_be_repeated() -> None:
    class Stop(Exception):  # noqa: N818
        pass

    @transaction.atomic
    def store_and_stop() -> None:
        store()
        raise Stop

    with pytest.raises(Stop):
        store_and_stop()
    assert StoredFile.objects.count() == 0
    assert [fault.kind for fault in api.verify_files()] == ["unknown"]
    store()
    assert list(api.verify_files()) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="内存中的 SQLite 不能多线程写")
def test_two_stores_at_once_are_one_row() -> None:
    rows: list[int] = []

    def run() -> None:
        try:
            rows.append(store().pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(rows) == 4
    assert len(set(rows)) == 1
    assert len(ledger.history(StoredFile.objects.get())) == 1


@pytest.mark.django_db
def test_a_changed_content_is_found_and_refused() -> None:
    stored = store()
    path = vault.path_of(stored.sha256)
    path.write_bytes(CONTENT + b"!")
    faults = list(api.verify_files())
    assert [(fault.kind, fault.filename) for fault in faults] == [("changed", "通知.txt")]
    assert "被改动过" in str(faults[0])
    with pytest.raises(Unreadable, match="被改动过"):
        api.read(stored)
    with pytest.raises(Unreadable, match="被改动过"):
        api.serve(stored)


@pytest.mark.django_db
def test_storing_a_damaged_file_again_mends_it() -> None:
    vault.path_of(store().sha256).write_bytes(b"damaged")
    store()
    assert list(api.verify_files()) == []


@pytest.mark.django_db
def test_a_missing_content_is_found_and_refused() -> None:
    stored = store()
    vault.path_of(stored.sha256).unlink()
    assert [fault.kind for fault in api.verify_files()] == ["missing"]
    with pytest.raises(Unreadable, match="不见了"):
        api.serve(stored)


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\方案.docx", "方案.docx"),
        ("方案\x00\n.docx", "方案.docx"),
        ("附件\u202excod.exe", "附件xcod.exe"),
        ("...", "文件"),
        ("", "文件"),
        ("CON.txt", "文件CON.txt"),
        ('a<b>"c".txt', "abc.txt"),
        ("长" * 300 + ".docx", "长" * 115 + ".docx"),
    ],
)
def test_names_are_made_safe(given_name: str, kept: str) -> None:
    assert api.safe_name(given_name) == kept


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300))
def test_every_name_becomes_a_plain_name(name: str) -> None:
    safe = api.safe_name(name)
    assert 0 < len(safe) <= 120
    assert "/" not in safe
    assert "\\" not in safe
    assert safe.isprintable()
    assert safe.strip(".")
    assert api.safe_name(safe) == safe
