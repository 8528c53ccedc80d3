from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from xiaoneng.cli import main

PLAN = """某市人民政府办公室关于印发供水改造方案的通知
某政办发〔2022〕8号
各区人民政府：
一、任务
（一）更新管网，年底前完成。（市水务局牵头，市财政局配合）
（二）清理河道。（责任单位：各区人民政府）
某市人民政府办公室
2022年5月6日
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "方案.txt"
    path.write_text(PLAN, "utf-8")
    return path


def test_json(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(plan), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["title"].endswith("供水改造方案的通知")
    assert found["issued_on"] == "2022-05-06"
    first, second = found["tasks"]
    assert (first["lead_units"], first["support_units"], first["deadline"]) == (
        ["市水务局"],
        ["市财政局"],
        "2022-12-31",
    )
    assert first["units"] == ["市水务局", "市财政局"]
    assert (second["deadline"], second["others"]) == (None, True)
    assert set(found) >= {"recipients", "group", "sections", "measures", "targets", "cadences", "slogans", "findings"}


def test_a_summary_for_a_person(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(plan)]) == 0
    out = capsys.readouterr().out
    assert "2 项任务" in out
    assert "市水务局；配合：市财政局" in out
    assert "2022-12-31" in out
    assert "各区人民政府］" in out


@pytest.mark.parametrize("arguments", [[], ["--json"]])
def test_a_text_without_tasks_is_refused(
    tmp_path: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "散文.txt"
    path.write_text("春天来了，河边的柳树绿了。\n孩子们在草地上放风筝。\n", "utf-8")
    assert main(["read", str(path), *arguments]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "没有读到任务" in said.err


def test_a_file_that_is_not_there_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(tmp_path / "没有.txt")]) == 2
    assert capsys.readouterr().err.strip()


def test_reading_needs_neither_django_nor_the_big_libraries(plan: Path) -> None:
    code = (
        "import sys; from xiaoneng.cli import main; main(['read', sys.argv[1]]);"
        "heavy = {'django', 'numpy', 'pyarrow', 'pdfplumber', 'docx', 'openpyxl', 'lxml'} & set(sys.modules);"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code, str(plan)], check=True, capture_output=True)
