"""前端组件: the bundle that the build hook makes of Tabler and ECharts, where it could be made."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "static" / "vendor"
ENTRY = "src/main.js"


@dataclass(frozen=True, slots=True)
class Bundle:
    """组件包: static paths of the bundle's module and stylesheets."""

    script: str
    styles: tuple[str, ...]


@cache
def bundle() -> Bundle | None:
    """组件包, None where the front end was not built; read once per process."""
    return read(FOLDER)


def read(folder: Path) -> Bundle | None:
    """Read Vite's manifest; a manifest whose files are missing counts as no bundle."""
    try:
        entry = json.loads((folder / "manifest.json").read_text("utf-8"))[ENTRY]
    except (OSError, ValueError, KeyError):
        return None
    found = Bundle(entry["file"], tuple(entry.get("css", ())))
    if not all((folder / name).is_file() for name in (found.script, *found.styles)):
        return None
    return Bundle(f"vendor/{found.script}", tuple(f"vendor/{name}" for name in found.styles))
