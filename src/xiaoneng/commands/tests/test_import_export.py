"""xiaoneng import and export, called as `xiaoneng up` and the command line call them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from xiaoneng import cli
from xiaoneng.commands import import_plan
from xiaoneng.foundation.refusals import Unreadable
from xiaoneng.programme.api import ImportDraft, Programme

pytestmark = pytest.mark.django_db

PLAN = """云溪市人民政府办公室提质增效工作方案
一、主要任务
（一）公开重点事项。6月底前公开年度重点事项清单，公开率100%。责任单位：政务公开处；配合单位：综合一处。
（二）清理证明材料。逐项列出清单，精简各类证明。责任单位：综合二处。
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "方案.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


def test_the_same_file_twice_says_so_and_changes_nothing(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert import_plan.start(plan) == 0
    assert "已启动" in capsys.readouterr().out
    assert import_plan.start(plan) == 0
    assert "已导入" in capsys.readouterr().out
    assert Programme.objects.get().tasks.count() == 2


def test_another_file_of_the_plan_waits_as_one_revision(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import_plan.start(plan)
    plan.write_text(PLAN.replace("6月底前", "9月底前"), encoding="utf-8")
    for _ in range(2):
        assert import_plan.start(plan) == 0
        assert "修订稿" in capsys.readouterr().out
    assert ImportDraft.objects.get(state="open").revises == Programme.objects.get()


@pytest.mark.parametrize(("answer", "started"), [("y\n", 1), ("n\n", 0), ("\n", 0)])
def test_a_person_is_asked(plan: Path, monkeypatch: pytest.MonkeyPatch, answer: str, started: int) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    assert import_plan.start(plan, ask=True) == 0
    assert Programme.objects.count() == started
    assert ImportDraft.objects.count() == 1


def test_without_a_terminal_it_says_what_to_do(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import sys

    sys.stdin, kept = io.StringIO(""), sys.stdin
    try:
        assert cli.main(["import", str(plan)]) == 2
    finally:
        sys.stdin = kept
    assert "--yes" in capsys.readouterr().err
    assert not Programme.objects.exists()


@pytest.mark.parametrize("content", [b"", "今天天气晴朗。".encode(), b"PK\x03\x04broken"])
def test_what_is_no_plan_is_told_with_status_2(
    tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "文件.docx"
    path.write_bytes(content)
    assert cli.main(["import", str(path), "--yes"]) == 2
    assert capsys.readouterr().err.strip()
    assert not ImportDraft.objects.exists()


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="找不到"):
        import_plan.start(tmp_path / "没有.txt")


def test_export_writes_the_workbook(plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["export", "tasks", "-o", str(tmp_path / "a.xlsx")]) == 2
    assert "还没有启动的方案" in capsys.readouterr().err
    import_plan.start(plan)
    assert cli.main(["export", "tasks", "-o", str(tmp_path / "a.xlsx")]) == 0
    sheet = load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None
    assert sheet.max_row == 4
    assert cli.main(["export", "tasks", "-o", str(tmp_path / "无此文件夹" / "a.xlsx")]) == 2
    assert "无法写入" in capsys.readouterr().err
    assert list(tmp_path.glob(".a.xlsx*")) == []
