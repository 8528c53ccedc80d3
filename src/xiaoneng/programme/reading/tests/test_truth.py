"""The shared hand-read documents: every task, its offices, deadline and header, by their README."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from xiaoneng.kernel.documents.reading import read_file
from xiaoneng.programme.reading import Plan, read_plan

from .shared import PLANS, needs_plans

pytestmark = needs_plans
NAMES = sorted(p.stem for p in (PLANS / "truth").glob("*.json"))


@cache
def truth(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((PLANS / "truth" / f"{name}.json").read_text("utf-8"))
    return found


@cache
def read(name: str) -> Plan:
    (path,) = (PLANS / "docs").glob(f"{name}.*")
    return read_plan(read_file(path))


def squeezed(text: str | None) -> str:
    return "".join((text or "").split())


def readings(task: dict[str, Any]) -> list[dict[str, Any]]:
    return [task, *({**task, **alternative} for alternative in task.get("alt") or [])]


@pytest.mark.parametrize("name", NAMES)
def test_header(name: str) -> None:
    for field in ("title", "issuer", "document_number", "issued_on"):
        if want := truth(name)[field]:
            assert squeezed(getattr(read(name), field)) == squeezed(want)


@pytest.mark.parametrize("name", NAMES)
def test_tasks_offices_and_deadlines(name: str) -> None:
    plan = read(name)
    optional = [squeezed(t["text_start"])[:14] for t in truth(name)["optional_tasks"]]
    left = {t.number: squeezed(t.text) for t in plan.tasks}
    for want in truth(name)["tasks"]:
        number = next((n for n, text in left.items() if squeezed(want["text_start"])[:14] in text), None)
        assert number is not None, want["text_start"]
        del left[number]
        found = plan.tasks[number - 1]
        assert any(
            (found.lead_units, found.support_units) == (tuple(r["lead_units"]), tuple(r["support_units"]))
            for r in readings(want)
        ), want["text_start"]
        assert (found.deadline or None) in [r["deadline"] for r in readings(want)]
    assert [text[:30] for text in left.values() if not any(o in text for o in optional)] == []


@pytest.mark.parametrize(
    "path", sorted((PLANS / "gov_cn").glob("*.html")) if PLANS.is_dir() else [], ids=lambda p: p.stem[:14]
)
def test_published_documents_of_every_kind_are_read_without_error(path: Any) -> None:
    plan = read_plan(read_file(path))
    plan.as_json()
    number = path.stem.partition("_")[0]
    assert plan.title
    assert plan.issued_on
    assert number.startswith("国令") or plan.document_number == number
