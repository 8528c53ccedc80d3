"""A fresh installation per test: its own data folder, its own processes, the real command line."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "example-plan.docx"
Command = Callable[..., subprocess.CompletedProcess[str]]


def environment(data: Path) -> dict[str, str]:
    """The environment of an installation that has only its data folder: SQLite, no inherited settings."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("XIAONENG_", "XN_", "DATABASE_URL", "DJANGO_"))}
    return {**kept, "XIAONENG_DATA": str(data), "PYTHONWARNINGS": ""}


def command_line(data: Path) -> Command:
    """`xiaoneng` on this data folder."""

    def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "xiaoneng.cli", *map(str, arguments)]
        return subprocess.run(
            command, env=environment(data), cwd=ROOT, capture_output=True, text=True, timeout=180, check=False
        )

    return run


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def xiaoneng(data: Path) -> Command:
    return command_line(data)
