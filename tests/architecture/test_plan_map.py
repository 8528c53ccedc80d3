"""条款: the plan map is complete and current, and no code cites a clause that does not exist."""

from __future__ import annotations

import ast
import importlib.util
import re
from pathlib import Path

from xiaoneng.foundation.clauses import ACTIONS, references

ROOT = Path(__file__).resolve().parents[2]
CITED = re.compile(r"方案 ?(\d+(?:\(\d+\))?)")


def citations(source: str) -> list[str]:
    """Clauses that the string literals and docstrings of a Python file cite."""
    return [
        reference
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for reference in CITED.findall(node.value)
    ]


def test_the_map_is_what_the_script_prints() -> None:
    spec = importlib.util.spec_from_file_location("plan_map", ROOT / "docs" / "plan_map.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (ROOT / "docs" / "plan-map.md").read_text("utf-8") == module.render()


def test_all_twelve_measures_and_25_tasks_have_a_module() -> None:
    clauses = [clause for action in ACTIONS for clause in action.clauses]
    assert {int(clause.reference.partition("(")[0]) for clause in clauses} == set(range(1, 13))
    assert {task for clause in clauses for task in clause.tasks} == set(range(1, 26))
    assert len({clause.reference for clause in clauses}) == len(clauses)


def test_every_module_of_an_action_is_on_the_map() -> None:
    for action in ACTIONS:
        mapped = {clause.module for clause in action.clauses} | {"tipoffs"}
        folder = ROOT / "src" / "xiaoneng" / action.package
        standing = {path.parent.name for path in folder.glob("*/apps.py")}
        assert standing <= mapped


def test_cited_clauses_exist() -> None:
    known = references()
    wrong = [
        f"{path.relative_to(ROOT)}: 方案 {reference}"
        for path in (ROOT / "src").rglob("*.py")
        for reference in citations(path.read_text("utf-8"))
        if reference not in known
    ]
    assert wrong == []


def test_a_planted_citation_is_found() -> None:
    assert [r for r in citations('x = Refused("…", basis="方案 13(9)")') if r not in references()] == ["13(9)"]
