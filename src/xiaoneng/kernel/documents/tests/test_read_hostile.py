"""读坏文件: whatever the bytes are, a document or a Chinese sentence, in bounded time and memory."""

from __future__ import annotations

import io
import os
import stat
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xiaoneng.foundation.blocks import Cell, Document, Paragraph, Table
from xiaoneng.foundation.refusals import Unreadable
from xiaoneng.kernel.documents.reading import Limits, isolation, read_bytes, read_file, wire
from xiaoneng.kernel.documents.tests import test_read_pdf as pdfs
from xiaoneng.kernel.documents.tests.files import docx, outcome, p, row, tbl, tc, xlsx, zipped

SAMPLES = {
    "a.docx": docx(p("一、总体要求") + tbl(tc("序号") + tc("任务"), tc("1", "<w:vMerge/>") + tc("甲"))),
    "a.xlsx": xlsx(row(1, "序号", "任务") + row(2, "1", "甲"), after="<mergeCell ref='A1:A2'/>"),
    "a.html": "<table><tr><td rowspan=2>甲</td><td>乙</td></tr><tr><td>丙</td></tr></table><p>丁".encode(),
    "a.csv": '序号,任务\n1,"甲"\n'.encode("gb18030"),
    "a.md": "# 题\n| a | b |\n|---|---|\n| 1 | 甲 |\n".encode(),
    "a.txt": "一、总体要求\n二、附则".encode("utf-16"),
    "a.pdf": pdfs.ruled([["序号", "任务", "处室"], ["1", "甲", "乙"]]),
}
FUZZ = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def settled(data: bytes, filename: str) -> None:
    found = outcome(data, filename)
    if isinstance(found, Unreadable):
        assert found.reason.endswith("。")
        assert found.remedy
        assert not any(word in str(found) for word in ("Error", "Exception", "Traceback"))


@pytest.mark.parametrize("name", SAMPLES)
def test_the_samples_are_sound(name: str) -> None:
    assert isinstance(outcome(SAMPLES[name], name), Document)


@FUZZ
@given(name=st.sampled_from(sorted(SAMPLES)), data=st.data())
def test_flipped_bytes(name: str, data: st.DataObject) -> None:
    content = bytearray(SAMPLES[name])
    for _ in range(data.draw(st.integers(1, 12))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    settled(bytes(content), name)


@FUZZ
@given(name=st.sampled_from(sorted(SAMPLES)), data=st.data())
def test_truncated_files(name: str, data: st.DataObject) -> None:
    settled(SAMPLES[name][: data.draw(st.integers(0, len(SAMPLES[name])))], name)


@FUZZ
@given(part=st.sampled_from(["document", "styles", "numbering"]), cut=st.integers(0, 400), junk=st.binary(max_size=40))
def test_damaged_parts_of_a_sound_package(part: str, cut: int, junk: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(docx(p("甲"), styles=p("x"), numbering=p("y")))) as package:
        parts: dict[str, str | bytes] = {name: package.read(name) for name in package.namelist()}
    whole = parts[f"word/{part}.xml"]
    assert isinstance(whole, bytes)
    parts[f"word/{part}.xml"] = whole[:cut] + junk + whole[cut:]
    settled(zipped(parts), "a.docx")


@FUZZ
@given(
    st.binary(max_size=2000), st.sampled_from(["a.docx", "a.pdf", "a.txt", "a.doc", "a.xls", "a.html", "a", "a.zip"])
)
def test_any_bytes(data: bytes, name: str) -> None:
    settled(data, name)


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (b"\x89PNG\r\n\x1a\n", "图片"),
        (b"\xff\xd8\xff\xe0", "图片"),
        (b"Rar!\x1a\x07", "压缩包"),
        (b"7z\xbc\xaf\x27\x1c", "压缩包"),
        (b"\x1f\x8b\x08", "压缩包"),
    ],
)
def test_pictures_and_archives_are_called_by_their_name(head: bytes, said: str) -> None:
    for name in ("a.jpg", "a.docx", "a.unknown"):
        with pytest.raises(Unreadable, match=said):
            read_bytes(head + bytes(range(200)), name)


def test_other_packages_are_called_by_their_name() -> None:
    for parts, said in (
        ({"OFD.xml": "x"}, "OFD"),
        ({"ppt/presentation.xml": "x"}, "演示文稿"),
        ({"a/方案.docx": "x"}, "压缩包"),
    ):
        with pytest.raises(Unreadable, match=said):
            read_bytes(zipped(dict(parts)), "a.zip")


def ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le").ljust(128, b"\0") + bytes(512)


def test_a_word_file_with_a_password_is_told() -> None:
    with pytest.raises(Unreadable, match="打开密码"):
        read_bytes(ole("EncryptedPackage"), "a.docx")


def test_a_zip_with_a_password_is_told() -> None:
    data = bytearray(docx(p("甲")))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    with pytest.raises(Unreadable, match="打开密码"):
        read_bytes(bytes(data), "a.docx")


def test_a_zip_bomb_is_refused_at_once() -> None:
    bomb = zipped({"word/document.xml": b"<" + b" " * 80_000_000})
    started = time.monotonic()
    with pytest.raises(Unreadable, match="压缩炸弹"):
        read_bytes(bomb, "a.docx")
    assert time.monotonic() - started < 2


def test_a_zip_that_lies_about_its_size_is_bounded() -> None:
    data = bytearray(zipped({"word/document.xml": b"<w>" + b"x" * 9_000_000}))
    at = data.rindex(b"PK\x01\x02") + 24
    data[at : at + 4] = (1000).to_bytes(4, "little")
    settled(bytes(data), "a.docx")


def test_a_bomb_inside_a_document_is_never_opened() -> None:
    inner = zipped({"x": b"\0" * 3_000_000})
    found = outcome(zipped({"word/document.xml": docx_xml(), "word/embeddings/a.zip": inner}), "a.docx")
    assert isinstance(found, Document)


def docx_xml() -> bytes:
    with zipfile.ZipFile(io.BytesIO(docx(p("甲")))) as package:
        return package.read("word/document.xml")


def test_too_many_parts_are_refused() -> None:
    with pytest.raises(Unreadable, match="部件"):
        read_bytes(zipped({"word/document.xml": "x", **{f"x{n}": "" for n in range(5_100)}}), "a.docx")


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(200 << 20)
    started = time.monotonic()
    with pytest.raises(Unreadable, match="200 MB，超过 50 MB"):
        read_file(path)
    assert time.monotonic() - started < 1


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (Limits(characters=10), "个字符"),
        (Limits(blocks=3), "段落和表格超过"),
        (Limits(seconds=0.0), "超过了 0 秒"),
        (Limits(file_bytes=10), "上限"),
    ],
)
def test_each_limit_holds(limits: Limits, said: str) -> None:
    found = outcome(("各处室抓好落实。\n" * 600).encode(), "a.txt", limits)
    assert isinstance(found, Unreadable)
    assert said in found.reason


def test_paths_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="没有找到"):
        read_file(tmp_path / "no.txt")
    with pytest.raises(Unreadable, match="文件夹"):
        read_file(tmp_path)
    with pytest.raises(Unreadable, match="打不开"):
        read_file(Path("a\0b"))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="超级用户什么文件都能读")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("正文")
    path.chmod(stat.S_IWUSR)
    with pytest.raises(Unreadable, match="权限"):
        read_file(path)


def test_a_named_pipe_does_not_hang(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    with pytest.raises(Unreadable):
        read_file(path)


def test_the_isolated_process_is_ended_when_it_takes_too_long(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(SAMPLES["a.pdf"])
    with pytest.raises(Unreadable, match="用时过长"):
        isolation.read(path, "a.pdf", seconds=0.01)


def test_a_process_that_the_system_ended_is_a_refusal(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="内存或时间"):
        isolation.read(tmp_path / "missing", "a.txt")


def test_the_isolated_process_knows_nothing_of_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    assert "secret" not in str(isolation.environment("/scratch"))


def test_reading_a_text_loads_no_parser_and_no_framework() -> None:
    program = (
        "import sys; from xiaoneng.kernel.documents.reading import read_bytes; read_bytes('正文'.encode(), 'a.txt');"
        "print([m for m in ('django', 'lxml', 'pdfplumber', 'openpyxl', 'docx', 'subprocess') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


TEXT = st.text(max_size=20)
PARAGRAPHS = st.builds(
    Paragraph, TEXT, st.integers(1, 999), st.integers(0, 9), st.sampled_from(["", "left", "center", "right"])
)
ROWS = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.tuples(*[st.builds(Cell, TEXT, st.booleans())] * width), min_size=1, max_size=4).map(
        tuple
    )
)
TABLES = ROWS.flatmap(
    lambda rows: st.builds(
        Table, st.just(rows), st.integers(1, 99), st.just(tuple(range(1, len(rows) + 1))), caption=TEXT
    )
)


@given(
    st.builds(
        Document,
        st.lists(PARAGRAPHS | TABLES, max_size=5).map(tuple),
        TEXT,
        st.dictionaries(TEXT, TEXT, max_size=3),
        st.lists(TEXT, max_size=2).map(tuple),
    )
)
def test_a_document_survives_the_wire(document: Document) -> None:
    assert wire.load(wire.dump(document)) == document


def test_a_refusal_survives_the_wire() -> None:
    with pytest.raises(Unreadable) as caught:
        wire.load(wire.dump_refusal(Unreadable("甲。", basis="乙", remedy="丙。")))
    assert (caught.value.reason, caught.value.basis, caught.value.remedy) == ("甲。", "乙", "丙。")
