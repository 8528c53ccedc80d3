"""两人同时, and a process killed in the middle: all or nothing, and nothing twice. Real processes, own database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from xiaoneng.programme.tests.site import Site, new_site
from xiaoneng.programme.tests.test_uploads import PLAN

KILLED_AT = ("new_revision", "add_targets", "finish")


def race(site: Site, verb: str, plans: list[Path], signal: Path) -> tuple[list[str], dict[str, Any]]:
    """All press at one moment: what each was told, and what stands when all are done."""
    racers = [site.begin("race", verb, str(plan), str(signal)) for plan in plans]
    for racer in racers:
        assert racer.stdout is not None
        assert racer.stdout.readline() == "ready\n"
    signal.touch()
    said = [racer.communicate(timeout=120)[0].splitlines() for racer in racers]
    return sorted(lines[0] for lines in said), max((json.loads(lines[1]) for lines in said), key=lambda c: c["events"])


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_all_or_nothing_and_nothing_twice(tmp_path: Path) -> None:
    """One story on one site: killed at each point, then started by two at once, then revised by two at once."""
    plan = written(tmp_path / "方案.txt", PLAN)
    with new_site(tmp_path / "site") as site:
        for point in KILLED_AT:
            status, out = site.run("killed", point, str(plan))
            assert status == -9, out
            before = json.loads(out.splitlines()[0])
            assert not any(before.values()), point

        same = written(tmp_path / "另存.txt", PLAN + "\n")
        told, found = race(site, "start", [plan, same], tmp_path / "go")
        assert told == ["Conflict", "done"]
        assert (found["Programme"], found["Task"], found["started drafts"]) == (1, 3, 1)

        newer = [written(tmp_path / f"{n}.txt", PLAN.replace("6月底前", f"{n}月底前")) for n in (9, 10)]
        told, found = race(site, "revise", newer, tmp_path / "again")
        assert told == ["Conflict", "done"]
        assert (found["Programme"], found["Revision"], found["Task"]) == (1, 2, 3)
