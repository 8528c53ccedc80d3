"""Each due pass runs once, wherever it is ticked; missed ones are made up by one; the clock may jump."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from xiaoneng.kernel.jobs import api as jobs
from xiaoneng.kernel.jobs import registry, ticks
from xiaoneng.kernel.jobs.models import Tick

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def own_ticks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_periodic", {})


@pytest.fixture
def passes(db: None) -> list[datetime]:
    seen: list[datetime] = []
    jobs.every(60, name="test")(seen.append)
    return seen


def test_once_per_period(passes: list[datetime]) -> None:
    for second in range(150):
        jobs.run_due(NOON + timedelta(seconds=second))
    assert passes == [NOON, NOON + MINUTE, NOON + 2 * MINUTE]


def test_missed_passes_are_made_up_by_one(passes: list[datetime]) -> None:
    jobs.run_due(NOON)
    assert jobs.run_due(NOON + timedelta(days=3)) == ["test"]
    assert jobs.run_due(NOON + timedelta(days=3, seconds=30)) == []
    assert len(passes) == 2


def test_a_clock_set_back_runs_once_and_goes_on(passes: list[datetime]) -> None:
    jobs.run_due(NOON)
    back = NOON - timedelta(days=365)
    assert jobs.run_due(back) == ["test"]
    assert jobs.run_due(back + timedelta(seconds=59)) == []
    assert jobs.run_due(back + MINUTE) == ["test"]


def test_a_clock_set_forward_and_back_again_does_not_stall(passes: list[datetime]) -> None:
    jobs.run_due(NOON)
    jobs.run_due(NOON + timedelta(days=365))
    assert jobs.run_due(NOON + MINUTE) == ["test"]
    assert jobs.run_due(NOON + 2 * MINUTE) == ["test"]
    assert len(passes) == 4


def test_another_process_whose_clock_is_a_little_behind_does_not_repeat_the_pass(passes: list[datetime]) -> None:
    jobs.run_due(NOON)
    assert jobs.run_due(NOON - timedelta(seconds=2)) == []
    assert passes == [NOON]


def test_somebody_who_was_first_wins(passes: list[datetime], monkeypatch: pytest.MonkeyPatch) -> None:
    jobs.run_due(NOON)
    stale = Tick.objects.get(name="test")
    jobs.run_due(NOON + MINUTE)

    def as_before(**_: object) -> tuple[Tick, bool]:
        return stale, False

    monkeypatch.setattr(Tick.objects, "get_or_create", as_before)
    assert jobs.run_due(NOON + MINUTE) == []
    assert len(passes) == 2


def test_a_pass_that_fails_is_tried_again_within_a_minute(db: None) -> None:
    calls: list[datetime] = []

    def daily(at: datetime) -> None:
        calls.append(at)
        if len(calls) == 1:
            raise RuntimeError("not yet")

    jobs.every(86400, name="daily")(daily)
    jobs.run_due(NOON)
    jobs.run_due(NOON + timedelta(seconds=30))
    assert len(calls) == 1
    jobs.run_due(NOON + MINUTE)
    jobs.run_due(NOON + 2 * MINUTE)
    assert calls == [NOON, NOON + MINUTE]
    assert Tick.objects.get().failed_at == NOON


def test_an_atomic_pass_that_dies_leaves_no_mark(db: None) -> None:
    class Killed(BaseException):
        pass

    def dies(at: datetime) -> None:
        raise Killed

    jobs.every(86400, name="daily", atomic=True)(dies)
    with pytest.raises(Killed):
        jobs.run_due(NOON)
    assert not Tick.objects.exists()


def test_two_functions_of_one_name_are_an_error() -> None:
    jobs.every(60, name="x")(lambda at: None)
    with pytest.raises(ValueError, match="two periodic"):
        jobs.every(60, name="x")(lambda at: None)
    with pytest.raises(ValueError, match="one second"):
        jobs.every(0, name="y")


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    "not __import__('django').conf.settings.DATABASES['default']['ENGINE'].endswith('postgresql')",
    reason="SQLite 的测试库在内存中，只有一个连接",
)
def test_many_tickers_at_once_run_each_pass_once() -> None:
    seen: list[datetime] = []
    jobs.every(59, name="test")(seen.append)
    together = threading.Barrier(4)

    def ticker(number: int) -> None:
        try:
            for minute in range(20):
                together.wait(10)
                # Clocks are never quite the same, nor is the order in which passes arrive.
                jobs.run_due(NOON + minute * MINUTE + timedelta(milliseconds=number))
        finally:
            connection.close()

    threads = [threading.Thread(target=ticker, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [moment.replace(microsecond=0) for moment in seen] == [NOON + minute * MINUTE for minute in range(20)]
    assert Tick.objects.get().passes == len(seen) - 1


def test_the_loop_stops(transactional_db: None) -> None:
    stop = threading.Event()
    jobs.every(60, name="test")(lambda at: stop.set())
    ticks.run_ticks(stop)
    assert stop.is_set()
