"""存证包: a stranger verifies it with `python -I`, nothing of this system, and no database."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from xiaoneng import cli
from xiaoneng.foundation.actors import SYSTEM
from xiaoneng.foundation.refusals import Refused
from xiaoneng.kernel.ledger import api as ledger
from xiaoneng.kernel.ledger import proofs
from xiaoneng.kernel.ledger.models import Event
from xiaoneng.kernel.ledger.tests.conftest import ACTOR, AT, fill, save
from xiaoneng.kernel.ledger.tests.specimens.models import Specimen, SpecimenRemoved

pytestmark = pytest.mark.django_db(transaction=True)


def offline(script: Path, target: Path) -> tuple[int, str]:
    run = subprocess.run(
        [sys.executable, "-I", str(script), str(target)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={"PYTHONIOENCODING": "utf-8"},
    )
    assert run.stderr == ""
    return run.returncode, run.stdout


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """Two keys, a witness, a retired row, a row with an older state."""
    ledger.witness_init(tmp_path / "w", name="监察室")
    rows = fill(20)
    ledger.rotate_key(actor=SYSTEM, at=AT)
    with transaction.atomic():
        ledger.retire(SpecimenRemoved(rows[0].pk), subject=rows[0], actor=ACTOR, at=AT)
        rows[0].delete()
    ledger.sequence(AT)
    ledger.witness_sign(tmp_path / "w", at=AT)
    fill(3)
    ledger.export(tmp_path / "bundle", at=AT)
    return tmp_path / "bundle"


def test_an_honest_bundle_verifies_offline(bundle: Path) -> None:
    status, said = offline(bundle / "verify.py", bundle)
    assert (status, said.splitlines()[0]) == (0, "✓ 25 条事件、3 个树头、22 行业务数据全部相符。")
    assert "监察室" in said
    assert "已见证至 22 条" in said


def edit(path: Path, number: int, old: str, new: str) -> None:
    lines = path.read_text("utf-8").splitlines()
    assert old in lines[number]
    lines[number] = lines[number].replace(old, new)
    path.write_text("\n".join(lines) + "\n", "utf-8")


def drop(path: Path, number: int) -> None:
    lines = path.read_text("utf-8").splitlines()
    del lines[number]
    path.write_text("".join(line + "\n" for line in lines), "utf-8")


def swap(path: Path, a: int, b: int) -> None:
    lines = path.read_text("utf-8").splitlines()
    lines[a], lines[b] = lines[b], lines[a]
    path.write_text("\n".join(lines) + "\n", "utf-8")


TAMPERED: dict[str, Callable[[Path], object]] = {
    "an event changed": lambda d: edit(d / "events.jsonl", 5, '"v":1', '"v":0'),
    "an event dropped": lambda d: drop(d / "events.jsonl", 5),
    "the last event dropped": lambda d: drop(d / "events.jsonl", 24),
    "two events swapped": lambda d: swap(d / "events.jsonl", 5, 6),
    "a head changed": lambda d: edit(d / "heads.jsonl", 0, "\\n20\\n", "\\n19\\n"),
    "the last head dropped": lambda d: drop(d / "heads.jsonl", 2),
    "a key replaced": lambda d: edit(d / "keys.jsonl", 1, '"number\\":2', '"number\\":3'),
    "a key dropped": lambda d: drop(d / "keys.jsonl", 0),
    "a countersignature renamed": lambda d: edit(d / "cosignatures.jsonl", 0, "监察室", "别处"),
    "a row digest changed": lambda d: edit(d / "rows.jsonl", 0, '"digest":"', '"digest":"0'),
    "a row dropped": lambda d: drop(d / "rows.jsonl", 0),
    "a row added": lambda d: (d / "rows.jsonl").open("a").write('{"subject":"a.b:1","digest":"00"}\n'),
    "nonsense": lambda d: (d / "events.jsonl").write_bytes(b"\xff\n"),
    "a file missing": lambda d: (d / "heads.jsonl").unlink(),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_a_tampered_bundle_does_not(bundle: Path, what: str) -> None:
    TAMPERED[what](bundle)
    status, said = offline(bundle / "verify.py", bundle)
    assert status == 1
    assert "核验不通过" in said


def test_disclosed_rows_are_recomputed(tmp_path: Path) -> None:
    save("张三")
    ledger.sequence(AT)
    ledger.export(tmp_path / "open", at=AT, disclose=True)
    ledger.export(tmp_path / "closed", at=AT)
    assert "张三" in (tmp_path / "open" / "rows.jsonl").read_text("utf-8")
    assert not any("张三" in p.read_text("utf-8") for p in (tmp_path / "closed").iterdir())
    assert offline(tmp_path / "open" / "verify.py", tmp_path / "open")[0] == 0
    edit(tmp_path / "open" / "rows.jsonl", 0, "张三", "李四")
    assert offline(tmp_path / "open" / "verify.py", tmp_path / "open")[0] == 1


def test_a_row_edited_behind_the_ledgers_back_shows_in_the_bundle(tmp_path: Path) -> None:
    fill(3)
    Specimen.objects.filter(name="第1").update(amount=5)
    ledger.export(tmp_path / "b", at=AT)
    status, said = offline(tmp_path / "b" / "verify.py", tmp_path / "b")
    assert status == 1
    assert "与其最后一次记账不符" in said


def test_a_proof_of_one_event_verifies_offline(tmp_path: Path, bundle: Path) -> None:
    proof = proofs.proof_of(Event.objects.get(leaf__position=7), with_content=True)
    assert proof is not None
    assert proof["size"] == 22, "the newest witnessed head"
    path = tmp_path / "proof.json"
    path.write_text(json.dumps(proof), "utf-8")
    status, said = offline(bundle / "verify.py", path)
    assert status == 0
    assert "specimens.saved" in said
    for change in (
        {"position": 8},
        {"content": proof["content"] + " "},
        {"inclusion": proof["inclusion"][1:]},
        {"size": 3},
    ):
        path.write_text(json.dumps({**proof, **change}), "utf-8")
        assert offline(bundle / "verify.py", path)[0] == 1


def test_a_folder_in_use_and_an_empty_ledger_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="无可导出"):
        ledger.export(tmp_path / "b", at=AT)
    fill(1)
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "mine").touch()
    with pytest.raises(Refused, match="不是空目录"):
        ledger.export(tmp_path / "b", at=AT)
    assert [p.name for p in (tmp_path / "b").iterdir()] == ["mine"]


def test_the_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fill(3)
    save("后来")
    w = str(tmp_path / "w")
    assert cli.main(["ledger", "verify"]) == 0
    assert "✓ 核验通过：4 条事件、2 个树头、4 行业务数据全部相符。" in capsys.readouterr().out
    assert cli.main(["ledger", "witness", "init", "--key", w, "--name", "监察室"]) == 0
    assert cli.main(["ledger", "witness", "sign", "--key", w]) == 0
    assert cli.main(["ledger", "rotate-key"]) == 0
    assert cli.main(["ledger", "export", str(tmp_path / "b")]) == 0
    assert cli.main(["ledger", "export", str(tmp_path / "b")]) == 2
    assert "不是空目录" in capsys.readouterr().err
    assert offline(tmp_path / "b" / "verify.py", tmp_path / "b")[0] == 0
    Specimen.objects.filter(name="后来").update(amount=9)
    assert cli.main(["ledger", "verify", "--witness", w]) == 1
    assert "绕过台账被改动" in capsys.readouterr().out
    assert cli.main(["ledger", "verify", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["findings"][0]["code"] == "row"


def test_the_real_flush_is_refused() -> None:
    from django.core.management.commands import flush

    fill(1)
    with pytest.raises(Exception, match=r"couldn't be flushed|只能追加"):
        call_command(flush.Command(), interactive=False, verbosity=0)
    connection.close() if connection.vendor == "postgresql" else None
    assert Event.objects.count() == 1
