"""示例方案: the committed files are what the generator makes, and all say the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from examples import make
from xiaoneng.foundation.blocks import Paragraph, Table
from xiaoneng.kernel.documents.reading import read_file

FOLDER = Path(__file__).parents[1] / "examples"
FORMS = ("docx", "html", "pdf", "txt", "xlsx")


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    make.main(tmp_path)
    return tmp_path


@pytest.mark.parametrize("form", FORMS)
def test_the_committed_file_is_the_generated_one(form: str, fresh: Path) -> None:
    committed, made = read_file(FOLDER / f"example-plan.{form}"), read_file(fresh / f"example-plan.{form}")
    assert committed.blocks == made.blocks


@pytest.mark.parametrize("form", [form for form in FORMS if form != "txt"])
def test_every_format_holds_the_same_table(form: str) -> None:
    document = read_file(FOLDER / f"example-plan.{form}")
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    want: list[list[str]] = []
    for row in make.load().table:
        want.append([want[-1][i] if text is None else text for i, text in enumerate(row)])
    assert [[cell.text for cell in row] for row in table.rows] == want


def test_the_text_holds_every_paragraph_and_cell_on_a_line() -> None:
    lines = [b.text for b in read_file(FOLDER / "example-plan.txt").blocks if isinstance(b, Paragraph)]
    plan = make.load()
    assert lines == [text for _, text in plan.paragraphs] + [cell for row in plan.table for cell in row if cell]
