"""收文: hostile files are told in a sentence, with a 4xx, and nothing is half imported."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from xiaoneng.foundation.blocks import Document
from xiaoneng.foundation.refusals import Unreadable
from xiaoneng.kernel.organisation.testing import Office
from xiaoneng.programme.importing.worker import plan_of
from xiaoneng.programme.models import ImportDraft, Programme, Task

PLAN = """云溪市人民政府办公室关于印发《提质增效工作方案》的通知
云政办发〔2026〕7号
各处室：
现将《提质增效工作方案》印发给你们，请认真落实。
云溪市人民政府办公室
2026年1月15日
提质增效工作方案
一、主要任务
（一）公开重点事项。6月底前公开年度重点事项清单，公开率100%。责任单位：政务公开和新闻联络处；配合单位：综合一处。
（二）建设网上大厅。推进事项网上受理、网上反馈。责任单位：综合一处。
（三）清理证明材料。逐项列出清单，精简各类证明。责任单位：综合二处。
"""


def docx_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"<w>" + b"a" * 150_000_000)
    return out.getvalue()


HOSTILE = [
    ("空文件.txt", lambda: b""),
    ("损坏.docx", lambda: b"PK\x03\x04" + b"\x00" * 200),
    ("假的.docx", lambda: b"not a zip at all"),
    ("炸弹.docx", docx_bomb),
    ("假的.pdf", lambda: b"%PDF-1.7\n%%EOF"),
    ("没有任务.txt", lambda: "今天天气晴朗，适合出行。\n".encode() * 20),
    ("乱码.txt", lambda: bytes(range(256)) * 50),
    ("程序.exe", lambda: b"MZ" + b"\x00" * 500),
]


def upload(office: Office, name: str, content: bytes) -> tuple[int, str]:
    response = office.client(office.supervisor).post(
        reverse("programme:drafts"), {"file": SimpleUploadedFile(name, content)}
    )
    return response.status_code, response.content.decode()


@pytest.mark.parametrize(("name", "content"), HOSTILE, ids=[name for name, _ in HOSTILE])
def test_a_hostile_file_is_refused_in_chinese(office: Office, name: str, content: object) -> None:
    status, page = upload(office, name, content())  # type: ignore[operator]
    assert 400 <= status < 500
    assert 'class="alert-title">' in page
    assert any("一" <= character <= "鿿" for character in page.partition('class="alert-title">')[2][:40])
    assert not ImportDraft.objects.exists()
    assert not Programme.objects.exists()


def test_a_file_beyond_the_limit_is_refused_by_size(office: Office, tmp_path: Path) -> None:
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    with huge.open("rb") as file:
        response = office.client(office.supervisor).post(reverse("programme:drafts"), {"file": file})
    assert 400 <= response.status_code < 500
    assert "上限" in response.content.decode()
    assert not ImportDraft.objects.exists()


def test_no_file_at_all(office: Office) -> None:
    response = office.client(office.supervisor).post(reverse("programme:drafts"), {})
    assert response.status_code == 422
    assert "请选择文件" in response.content.decode()


def test_a_plan_becomes_a_draft(office: Office) -> None:
    status, _ = upload(office, "方案.txt", PLAN.encode())
    assert status == 302
    draft = ImportDraft.objects.get()
    assert len(draft.reading["tasks"]) == 3
    assert draft.created_by == office.supervisor
    assert not Task.objects.exists()


def test_a_name_with_a_path_keeps_its_last_part(office: Office) -> None:
    upload(office, "../../../etc/方案.txt", PLAN.encode())
    assert ImportDraft.objects.get().filename == "方案.txt"


def test_a_gbk_page_with_scripts_is_read_without_them(office: Office) -> None:
    body = "".join(f"<p>{line}</p>" for line in PLAN.splitlines())
    page = f"<html><head><script>alert(1)</script></head><body>{body}<script>alert(2)</script></body></html>"
    status, _ = upload(office, "方案.html", page.encode("gbk"))
    assert status == 302
    draft = ImportDraft.objects.get()
    assert len(draft.reading["tasks"]) == 3
    review = office.client(office.supervisor).get(reverse("programme:draft", args=[draft.pk])).content.decode()
    assert "alert(" not in review


def test_words_of_the_document_are_never_markup(office: Office) -> None:
    status, _ = upload(office, "方案.txt", PLAN.replace("公开重点事项", "公开<b onclick=x>重点</b>事项").encode())
    assert status == 302
    draft = ImportDraft.objects.get()
    review = office.client(office.supervisor).get(reverse("programme:draft", args=[draft.pk])).content.decode()
    assert "<b onclick" not in review


def test_the_same_file_again_is_a_revision_without_a_difference(office: Office) -> None:
    upload(office, "方案.txt", PLAN.encode())
    draft = ImportDraft.objects.get()
    client = office.client(office.supervisor)
    assert client.post(reverse("programme:draft_start", args=[draft.pk]), {"version": 1}).status_code == 302
    upload(office, "改名.txt", PLAN.encode())
    again = ImportDraft.objects.get(state="open")
    assert again.revises == Programme.objects.get()
    page = client.get(reverse("programme:draft_difference", args=[again.pk])).content.decode()
    assert "没有差异" in page
    assert Task.objects.count() == 3


def test_a_plan_too_long_to_understand_in_time_is_refused() -> None:
    with pytest.raises(Unreadable, match="没有读完"):
        plan_of(Document((), "txt"), seconds=0.001)
