"""Writes docs/plan-map.md: clause → module, from `xiaoneng.foundation.clauses` and what stands in src.

Run as `.venv/bin/python docs/plan_map.py`; a test fails where the file is not what this prints.
"""

from __future__ import annotations

from pathlib import Path

from xiaoneng.foundation.clauses import ACTIONS

ROOT = Path(__file__).resolve().parents[1]
PLACE = ROOT / "docs" / "plan-map.md"

HEAD = """# Plan map 条款 → 模块

Made by `docs/plan_map.py` from `src/xiaoneng/foundation/clauses.py`. Do not edit.
"Standing" means that the module is in the tree; the others are the rooms kept for it.

The plan as a whole (reading it, running its tasks, targets and cadences) is `xiaoneng.programme`;
what every clause stands on is `xiaoneng.kernel`.
"""


def render() -> str:
    """The whole page."""
    lines = [HEAD]
    for action in ACTIONS:
        lines += [f"## {action.title} `{action.package}`", "", "| clause | subject | tasks | module | standing |"]
        lines.append("|---|---|---|---|---|")
        for clause in action.clauses:
            folder = ROOT / "src" / "xiaoneng" / action.package / clause.module
            tasks = "、".join(map(str, clause.tasks))
            standing = "yes" if (folder / "api.py").exists() else "–"
            lines.append(
                f"| {clause.reference} | {clause.subject} | {tasks} | `{action.package}.{clause.module}` | {standing} |"
            )
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    PLACE.write_text(render(), encoding="utf-8")
