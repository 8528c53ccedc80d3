"""The floors are law: the contracts hold, and each is seen to fail when a violation is planted."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# where a line is planted, the line, and the contract that must notice
VIOLATIONS = [
    ("foundation/planted.py", "import django", "Rules, facts and readers know no framework"),
    ("programme/reading/planted.py", "from django.db import models", "Rules, facts and readers know no framework"),
    ("kernel/ledger/planted.py", "from xiaoneng.programme import apps", "The floors"),
    ("lawful_duty/planted.py", "from xiaoneng import discipline", "The floors"),
    ("incentive/planted.py", "from xiaoneng import efficiency", "The floors"),
    ("events/planted.py", "from xiaoneng.kernel import ledger", "The floors"),
    ("programme/planted.py", "from xiaoneng import desk", "The floors"),
    ("ui/planted.py", "from xiaoneng.kernel import organisation", "The floors"),
    ("kernel/planted.py", "from xiaoneng.settings import DATA", "Code reads settings through Django"),
]


def lint(folder: Path) -> str:
    shutil.copy(ROOT / ".importlinter", folder / ".importlinter")
    command = [
        sys.executable,
        "-c",
        "import sys; sys.path.insert(0, 'src'); from importlinter.cli import lint_imports;"
        " sys.exit(lint_imports(no_cache=True))",
    ]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    return run.stdout + run.stderr


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("house")
    shutil.copytree(
        ROOT / "src",
        folder / "src",
        ignore=shutil.ignore_patterns("__pycache__", "static", "templates", "tests", "*.json"),
    )
    return folder


def test_every_contract_is_kept(copy: Path) -> None:
    report = lint(copy)
    assert "0 broken" in report, report


@pytest.mark.parametrize(("place", "line", "contract"), VIOLATIONS, ids=[v[0] for v in VIOLATIONS])
def test_a_planted_violation_breaks_its_contract(copy: Path, place: str, line: str, contract: str) -> None:
    planted = copy / "src" / "xiaoneng" / place
    planted.write_text(line + "\n", encoding="utf-8")
    try:
        report = lint(copy)
    finally:
        planted.unlink()
    broken = " ".join(report.split()).partition("Broken contracts")[2]
    assert contract in broken, report


def test_a_circle_in_the_kernel_breaks_its_contract(copy: Path) -> None:
    pair = [
        (copy / "src/xiaoneng/kernel/search/planted.py", "from xiaoneng.kernel import jobs\n"),
        (copy / "src/xiaoneng/kernel/jobs/planted.py", "from xiaoneng.kernel import search\n"),
    ]
    for path, text in pair:
        path.write_text(text, encoding="utf-8")
    try:
        report = lint(copy)
    finally:
        for path, _ in pair:
            path.unlink()
    assert "circle" in " ".join(report.split()).partition("Broken contracts")[2], report
