"""读真实文件: published documents and sheets; and one table in every format."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.renderings import RENDERERS, Row, render_docx
from xiaoneng.foundation.blocks import Paragraph, Table
from xiaoneng.foundation.refusals import Unreadable
from xiaoneng.kernel.documents.reading import read_bytes, read_file
from xiaoneng.kernel.documents.reading.formats import office
from xiaoneng.kernel.documents.tests.files import tables, texts

DATA = Path(__file__).parents[6] / "shared" / "data"
PLANS = sorted((DATA / "plans").glob("**/*.html")) + sorted((DATA / "plans").glob("**/*.txt"))

real = pytest.mark.skipif(not DATA.exists(), reason=f"没有真实数据：{DATA}")
converter = pytest.mark.skipif(office.converter() is None, reason="没有安装 LibreOffice")

PARAGRAPHS = [
    "云溪市“畅办年”工作方案",
    "一、总体要求",
    "坚持问题导向，聚焦群众和企业反映集中的办事难题，" * 6 + "形成一批可复制的做法。",
    "二、主要任务",
    "附件：任务分解表",
]
TABLE: Sequence[Row] = [
    ["序号", "行动", "举措", "任务", "目标要求", "责任处室"],
    *(
        [
            str(n),
            f"（{n // 9 + 1}）便民行动" if n % 9 == 1 else None,
            f"{n // 3 + 1}.窗口提效" if n % 3 == 1 else None,
            f"推进第{n}类事项“网上办”，减少跑动次数，压缩办理时限",
            "" if n % 4 == 0 else f"网办率{60 + n}%以上",
            "综合一处、综合二处" if n % 5 else "各处室",
        ]
        for n in range(1, 31)
    ),
]


def resolved(table: Sequence[Row]) -> list[list[str]]:
    rows: list[list[str]] = []
    for row in table:
        rows.append([rows[-1][i] if text is None else text for i, text in enumerate(row)])
    return rows


@pytest.mark.parametrize("form", RENDERERS)
def test_one_table_in_every_format(form: str, tmp_path: Path) -> None:
    path = tmp_path / f"plan.{form}"
    RENDERERS[form](path, PARAGRAPHS, TABLE)
    document = read_file(path)
    assert texts(document) == PARAGRAPHS
    assert tables(document) == [resolved(TABLE)]


@converter
@pytest.mark.parametrize("form", ["pdf", "odt", "rtf"])
def test_what_an_office_program_makes_of_it(form: str, tmp_path: Path) -> None:
    render_docx(tmp_path / "plan.docx", PARAGRAPHS, TABLE)
    convert(tmp_path / "plan.docx", form)
    document = read_file(tmp_path / f"plan.{form}")
    assert texts(document) == PARAGRAPHS
    assert tables(document) == [resolved(TABLE)]
    assert document.source_format == form


@converter
def test_an_old_word_file_is_read_or_refused_but_never_with_its_table_lost(tmp_path: Path) -> None:
    for name, table in (("text", []), ("table", [["序号", "任务"], ["1", "乙"]])):
        render_docx(tmp_path / f"{name}.docx", ["甲", "乙"], table)
        convert(tmp_path / f"{name}.docx", "doc")
    assert texts(read_file(tmp_path / "text.doc")) == ["甲", "乙"]
    try:
        document = read_file(tmp_path / "table.doc")
    except Unreadable as refusal:
        assert "表格" in refusal.reason and "docx" in refusal.remedy  # noqa: PT017, PT018
    else:
        assert tables(document) == [[["序号", "任务"], ["1", "乙"]]]


def convert(path: Path, form: str) -> None:
    profile = path.parent / "profile"
    command = [str(office.converter()), f"-env:UserInstallation={profile.as_uri()}", "--headless"]
    command += ["--convert-to", form, "--outdir", str(path.parent), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


def test_without_libreoffice_an_old_file_is_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "converter", lambda: None)
    with pytest.raises(Unreadable, match="没有安装 LibreOffice") as caught:
        read_bytes(rb"{\rtf1 x}", "a.rtf")
    assert "另存为 docx" in caught.value.remedy


@converter
def test_an_old_file_that_cannot_be_converted_is_refused() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "WordDocument".encode("utf-16-le").ljust(128, b"\0")
    with pytest.raises(Unreadable):
        read_bytes(data + bytes(400), "a.doc")


@real
@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem[:40])
def test_every_published_plan_is_read(path: Path) -> None:
    document = read_file(path)
    assert document.source_format == path.suffix[1:]
    assert document.notes == ()
    lines = [block.line for block in document.blocks]
    assert lines == sorted(set(lines))
    if path.suffix == ".txt":
        assert [t.strip() for t in texts(document)] == [
            line.strip() for line in path.read_text("utf-8-sig").splitlines() if line.strip()
        ]
    else:
        assert not any("<" in text or "&nbsp" in text or "\xa0" in text for text in texts(document))


@real
def test_the_large_table_of_a_published_page() -> None:
    document = read_file(DATA / "plans" / "docs" / "guobanfa-2019-4.html")
    table = next(block for block in document.blocks if isinstance(block, Table))
    assert (len(table.rows), len(table.rows[0])) == (56, 5)
    assert [cell.text for cell in table.rows[0]] == ["一级指标", "二级指标", "三级指标", "指标性质", "指标说明"]
    assert all(cell.text for row in table.rows for cell in row)
    assert [row[2].text.split(".")[0] for row in table.rows[1:]] == [str(n) for n in range(1, 56)]


@real
def test_a_discretion_catalogue_of_twelve_sheets() -> None:
    document = read_file(DATA / "catalogue" / "discretion-jiangmen.xls")
    found = [block for block in document.blocks if isinstance(block, Table)]
    assert len(found) == 12
    assert {tuple(cell.text for cell in table.rows[0]) for table in found} == {
        ("序号", "违法行为", "法律依据", "类别", "裁量情节", "裁量标准", "备注")
    }
    assert sum(len(table.rows) - 1 for table in found) == 872
    assert all(row[0].text and row[4].text for table in found for row in table.rows)


@real
def test_a_catalogue_of_service_items() -> None:
    (table,) = tables(read_file(DATA / "catalogue" / "service_items_guangan.csv"))
    assert len(table) == 1136
    assert table[0][0] == "department"


@real
def test_the_annex_of_2016_in_every_format(tmp_path: Path) -> None:
    lines = (DATA / "plans" / "docs" / "xiaoneng-2016.txt").read_text("utf-8").split("\n")
    body, cells = lines[:86], lines[93:]
    rows: list[Row] = [lines[86:93]]
    expected = 1
    for cell in cells:
        if cell == str(expected):
            expected += 1
            rows.append([])
        rows[-1].append(cell)  # type: ignore[attr-defined]
    table: list[Row] = [rows[0], *([r[0], "；".join(str(c) for c in r[1:-1]), r[-1]] for r in rows[1:])]
    table[0] = ["序号", "内容", "责任处室"]
    assert len(table) == 26
    for form, render in RENDERERS.items():
        path = tmp_path / f"annex.{form}"
        render(path, body, table)
        document = read_file(path)
        assert [b.text for b in document.blocks if isinstance(b, Paragraph)] == [line.strip() for line in body]
        assert tables(document) == [resolved(table)], form
