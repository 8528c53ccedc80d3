"""模块之门: another module is entered by its `api` (or its pure `reading` package), never around it."""

from __future__ import annotations

import grimp
import pytest

ACTIONS = ("lawful_duty", "efficiency", "incentive", "discipline")
TOP = ("cli", "commands", "wsgi", "serving", "health", "urls", "settings")


def module_of(name: str) -> str | None:
    """The module ("xiaoneng.kernel.ledger") that a Python file belongs to; None for floors without doors."""
    parts = name.split(".")
    if len(parts) < 2 or parts[1] in {"foundation", "events", *TOP}:
        return None
    depth = 3 if parts[1] in {"kernel", *ACTIONS} else 2
    return ".".join(parts[:depth]) if len(parts) >= depth else None


def is_door(name: str, module: str) -> bool:
    inside = name.removeprefix(module).lstrip(".").split(".")
    # `testing` holds fixtures that modules publish for one another's tests.
    return inside[0] in {"", "api", "reading", "testing"}


def trespasses(graph: grimp.ImportGraph) -> list[str]:
    found = []
    for importer in sorted(graph.modules):
        if ".migrations." in importer:  # Django writes the home of a base class into them
            continue
        for imported in sorted(graph.find_modules_directly_imported_by(importer)):
            target = module_of(imported)
            if target is None or target == module_of(importer) or is_door(imported, target):
                continue
            found.append(f"{importer} → {imported}")
    return found


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("xiaoneng", cache_dir=None)


def test_modules_are_entered_by_their_api(graph: grimp.ImportGraph) -> None:
    assert trespasses(graph) == []


def test_fixtures_are_used_by_tests_only(graph: grimp.ImportGraph) -> None:
    users = [
        importer
        for testing in graph.modules
        if testing.endswith(".testing") and not testing.startswith("xiaoneng.settings")
        for importer in graph.find_modules_that_directly_import(testing)
        if not {"tests", "testing", "conftest"} & set(importer.split("."))
    ]
    assert users == []


def test_a_planted_trespass_is_found() -> None:
    graph = grimp.build_graph("xiaoneng", cache_dir=None)
    graph.add_module("xiaoneng.kernel.ledger.models")
    graph.add_import(importer="xiaoneng.desk.apps", imported="xiaoneng.kernel.ledger.models")
    assert "xiaoneng.desk.apps → xiaoneng.kernel.ledger.models" in trespasses(graph)


def test_the_door_itself_is_open() -> None:
    graph = grimp.build_graph("xiaoneng", cache_dir=None)
    graph.add_module("xiaoneng.kernel.ledger.api")
    graph.add_import(importer="xiaoneng.desk.apps", imported="xiaoneng.kernel.ledger.api")
    assert trespasses(graph) == []
