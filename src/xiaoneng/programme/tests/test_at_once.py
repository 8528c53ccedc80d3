"""两人同时, and a process killed in the middle: all or nothing, and nothing twice. Real processes, own database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from xiaoneng.programme.tests.site import Site, new_site
from xiaoneng.programme.tests.test_uploads import PLAN


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with new_site(tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "方案.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


def race(site: Site, verb: str, drafts: list[str], signal: Path) -> list[str]:
    """All press at one moment; what each was told."""
    racers = [site.begin("race", verb, draft, str(signal)) for draft in drafts]
    for racer in racers:
        assert racer.stdout is not None
        assert racer.stdout.readline() == "ready\n"
    signal.touch()
    return [racer.communicate(timeout=60)[0].partition(" ")[0].strip() for racer in racers]


def draft_of(site: Site, path: Path) -> str:
    status, out = site.run("draft", str(path))
    assert status == 0, out
    return out.strip()


def test_killed_in_the_middle_then_started_then_raced(shared: Site, plan: Path, tmp_path: Path) -> None:
    """One story on one site, for its price: killed at each point, started by two at once, revised by two at once."""
    for point in ("settle", "new_revision", "targets", "finish"):
        status, out = shared.run("killed", point, str(plan))
        assert status == -9, out
        found = shared.counts()
        left = {name: found[name] for name in ("Programme", "Revision", "Task", "TaskUnit", "Unit", "events")}
        assert left == dict.fromkeys(left, 0), point

    other = tmp_path / "另存.txt"
    other.write_text(PLAN + "\n", encoding="utf-8")
    told = race(shared, "start", [draft_of(shared, plan), draft_of(shared, other)], tmp_path / "go")
    assert sorted(told) == ["Conflict", "done"]
    found = shared.counts()
    assert (found["Programme"], found["Task"], found["started drafts"]) == (1, 3, 1)

    newer = []
    for n, day in enumerate(("9月底前", "10月底前")):
        path = tmp_path / f"修订{n}.txt"
        path.write_text(PLAN.replace("6月底前", day), encoding="utf-8")
        newer.append(draft_of(shared, path))
    told = race(shared, "revise", newer, tmp_path / "again")
    assert sorted(told) == ["Conflict", "done"]
    found = shared.counts()
    assert (found["Programme"], found["Revision"], found["Task"]) == (1, 2, 3)


def test_one_draft_started_by_two_presses(plan: Path, tmp_path: Path) -> None:
    with new_site(tmp_path / "site") as site:
        draft = draft_of(site, plan)
        told = race(site, "start", [draft, draft], tmp_path / "go")
        assert sorted(told) == ["Conflict", "done"]
        assert site.counts()["Task"] == 3
