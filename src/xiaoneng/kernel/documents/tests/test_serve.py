"""下发: a download unless it was asked for inline and nothing in it can run."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.http import FileResponse

from xiaoneng.foundation.actors import SYSTEM
from xiaoneng.foundation.refusals import Unreadable
from xiaoneng.kernel.documents import api, vault
from xiaoneng.kernel.ledger import api as ledger

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def vault_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vault, "folder", lambda: tmp_path)


def served(content: bytes, filename: str, *, inline: bool) -> FileResponse:
    return api.serve(api.store(content=content, filename=filename, actor=SYSTEM, at=AT), inline=inline)


@pytest.mark.parametrize(
    ("content", "filename", "shown_as"),
    [
        (b"%PDF-1.7\n", "a.pdf", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n", "a.png", "image/png"),
        ("文字".encode(), "a.txt", "text/plain; charset=utf-8"),
        (b"<script>alert(1)</script>", "a.html", None),
        (b"<svg onload='alert(1)'/>", "a.svg", None),
        (b"<script>alert(1)</script>", "a.pdf", None),
        (b"PK\x03\x04", "a.docx", None),
    ],
)
def test_inline_only_for_what_cannot_run(content: bytes, filename: str, shown_as: str | None) -> None:
    response = served(content, filename, inline=True)
    assert response["Content-Type"] == (shown_as or "application/octet-stream")
    assert response["Content-Disposition"].startswith("inline" if shown_as else "attachment")
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_download_carries_name_and_content() -> None:
    response = served("正文".encode(), "工作方案.txt", inline=False)
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%E5%B7%A5")
    assert b"".join(response) == "正文".encode()
    assert "sandbox" in response["Content-Security-Policy"]


def test_reading_in_isolation_gives_the_blocks() -> None:
    stored = api.store(content="一、总则\n\n二、附则".encode("gb18030"), filename="a.txt", actor=SYSTEM, at=AT)
    assert [(block.line, block.text) for block in api.read(stored).blocks] == [(1, "一、总则"), (3, "二、附则")]  # type: ignore[union-attr]


def test_reading_in_isolation_carries_the_refusal() -> None:
    stored = api.store(content=b"\x89PNG\r\n\x1a\n" + b"0" * 100, filename="scan.png", actor=SYSTEM, at=AT)
    with pytest.raises(Unreadable) as caught:
        api.read(stored)
    assert "图片" in caught.value.reason
    assert "OCR" in caught.value.remedy


def test_attachments_are_joined_once_and_in_the_ledger() -> None:
    subject = api.store(content=b"a", filename="a.txt", actor=SYSTEM, at=AT)
    evidence = api.store(content=b"b", filename="b.txt", actor=SYSTEM, at=AT)
    first = api.attach(subject=subject, stored=evidence, name="佐证.txt", actor=SYSTEM, at=AT)
    again = api.attach(subject=subject, stored=evidence, actor=SYSTEM, at=AT)
    assert first == again
    assert [(a.name, a.file) for a in api.attachments_of(subject)] == [("佐证.txt", evidence)]
    assert [entry.kind for entry in ledger.history(first)] == ["documents.file_attached"]
    assert not api.attachments_of(evidence).exists()
