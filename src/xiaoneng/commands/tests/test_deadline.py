"""xiaoneng deadline: the date first, the working after it, and a Chinese sentence with status 2 for bad input."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from xiaoneng.cli import main


def test_the_date_comes_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["deadline", "2016-09-14", "1wd"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "2016-09-18"
    assert sum(line.startswith("不计：") for line in lines) == 3
    assert sum(line.startswith("计入：") for line in lines) == 1
    assert "国办发明电〔2015〕18号" in lines[-2]
    assert lines[-1].startswith("依据：")


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["deadline", "2026-12-20", "15wd", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["due"] == "2027-01-08"
    assert found["provisional"] is True
    assert found["provisional_years"] == [2027]
    assert found["skipped"][0] == {
        "date": "2026-12-26",
        "weekday": "星期六",
        "name": "周末",
        "basis": "国务院关于职工工作时间的规定 7",
    }


@pytest.mark.parametrize(
    ("start", "amount", "first"),
    [
        ("2016-03-28T09:00", "24h", "2016-03-29 09:00"),
        ("2016-03-28 09:00", "8wh", "2016-03-29 09:00"),
        ("2016-03-28T09:00", "5wd", "2016-04-05"),
        ("2016年3月28日", "5个工作日", "2016-04-05"),
        ("2016/3/28", "1m", "2016-04-28"),
        ("20160328", "1年", "2017-03-28"),
    ],
)
def test_ways_to_write(start: str, amount: str, first: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["deadline", start, amount]) == 0
    assert capsys.readouterr().out.splitlines()[0] == first


def test_office_hours_can_be_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["deadline", "2016-03-28T09:00", "2wh", "--hours", "09:00-10:00,15:00-17:00"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "2016-03-28 16:00"


def test_a_notice_can_be_laid_over_the_calendar(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    notice = tmp_path / "notice.txt"
    notice.write_text("关于2027年元旦放假安排的通知\n元旦：1月1日至3日放假，共3天。1月9日（星期六）上班。", "utf-8")
    assert main(["deadline", "2026-12-31", "6wd", "--notice", str(notice)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "2027-01-09"
    assert any("元旦调休上班" in line for line in lines)


@pytest.mark.parametrize(
    "content", ["今天天气很好。", "关于2027年元旦放假的通知\n元旦：1月1日（星期一）放假。", "字" * 30_000]
)
def test_a_notice_that_cannot_be_read(content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    notice = tmp_path / "notice.txt"
    notice.write_text(content, "utf-8")
    assert main(["deadline", "2026-12-31", "6wd", "--notice", str(notice)]) == 2
    assert capsys.readouterr().out == ""


def test_a_notice_that_is_not_there_or_not_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["deadline", "2026-12-31", "6wd", "--notice", str(tmp_path / "none")]) == 2
    (tmp_path / "binary").write_bytes(bytes(range(256)))
    assert main(["deadline", "2026-12-31", "6wd", "--notice", str(tmp_path / "binary")]) == 2
    assert "读不到通知文件" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["2016-03-28"], ["2016-03-28", "-5wd"], ["2016-03-28", "5wd", "--what"]])
def test_a_command_written_wrongly(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["deadline", *arguments])
    assert ended.value.code == 2
    assert "命令写法有误。用法：xiaoneng deadline" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["2016-02-30", "5wd"], "没有 2016 年 2 月 30 日这一天"),
        (["yesterday", "5wd"], "日期“yesterday”读不懂"),
        (["２０１６-03-28", "5wd"], "读不懂"),
        (["2016-03-28T25:00", "5h"], "时刻“25:00”读不懂"),
        (["2016-03-28", "5h"], "需要起算时刻"),
        (["2016-03-28", "0wd"], "1 到 100000"),
        (["2016-03-28", "5parsecs"], "期限“5parsecs”读不懂"),
        (["2016-03-28", "9" * 500 + "wd"], "读不懂"),
        (["2016-03-28", "1.5wd"], "读不懂"),
        (["9999-12-31", "1wd"], "9999"),
        (["2016-03-28T09:00", "5wh", "--hours", "18:00-09:00"], "办公时间"),
        (["2016-03-28T09:00", "5wh", "--hours", ""], "办公时间"),
        (["2016-03-28T09:00", "5wh", "--hours", "早晚"], "办公时间"),
    ],
)
def test_bad_input(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["deadline", *arguments]) == 2
    captured = capsys.readouterr()
    assert words in captured.err
    assert captured.out == ""


def test_neither_django_nor_the_libraries_are_loaded() -> None:
    code = (
        "import sys; from xiaoneng.cli import main; main(['deadline', '2016-03-28', '20wd']);"
        "print([m for m in ('django', 'holidays', 'numpy', 'zoneinfo') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.splitlines()[-1] == "[]"
