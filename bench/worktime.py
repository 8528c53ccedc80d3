"""Claim: vectorised deadlines are at least 100 times as fast as a loop over `holidays.get_nth_working_day`, and ten
million of them run at the speed of memory.

Peers, in the same run on the same starts: the loop (a sample of the rows, stated), and NumPy moving the same bytes
(`copy` of the column; `take` from a table of the same size by ready indices). Prints ratios with min/median/max.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import date

import holidays
import numpy as np

from xiaoneng.foundation.worktime import add_working_days, seeded, vector

ROWS = 10_000_000
SAMPLE = 2_000
AMOUNT = 20
REPEATS = 7


def timed(work: Callable[[], object], repeats: int = REPEATS) -> list[float]:
    work()
    times = []
    for _ in range(repeats):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return times


def show(name: str, times: list[float], rows: int) -> float:
    each = [t / rows * 1e9 for t in times]
    middle = statistics.median(each)
    print(f"{name:<46} {min(each):>10.2f} {middle:>10.2f} {max(each):>10.2f}  ns/row over {rows:,} rows")
    return middle


def main() -> None:
    calendar = seeded()
    china = holidays.country_holidays("CN", years=range(2007, 2028))
    low, high = np.datetime64("2008-01-01"), np.datetime64("2025-12-01")
    days = np.random.default_rng(20160328).integers(0, int((high - low).astype(int)), ROWS)
    starts = low + days.astype("timedelta64[D]")
    some: list[date] = starts[:SAMPLE].tolist()

    expected = [china.get_nth_working_day(day, AMOUNT) for day in some]
    found = vector.add_working_days(calendar, starts[:SAMPLE], AMOUNT).tolist()
    plain = [add_working_days(calendar, day, AMOUNT) for day in some]
    assert found == expected == plain, "the three do not agree"

    print(f"{AMOUNT} working days from {ROWS:,} random starts (all agree)      min     median        max")
    loop = show(
        "holidays.get_nth_working_day, loop",
        timed(lambda: [china.get_nth_working_day(d, AMOUNT) for d in some], 3),
        SAMPLE,
    )
    pure = show(
        "foundation.worktime, loop", timed(lambda: [add_working_days(calendar, d, AMOUNT) for d in some], 3), SAMPLE
    )
    one = show("vector, one amount for all", timed(lambda: vector.add_working_days(calendar, starts, AMOUNT)), ROWS)
    amounts = np.full(ROWS, AMOUNT)
    each = show("vector, an amount per row", timed(lambda: vector.add_working_days(calendar, starts, amounts)), ROWS)
    copy = show("numpy copy of the same column", timed(lambda: starts.copy()), ROWS)
    table, index = np.arange(109_573), starts.view(np.int64) - starts.view(np.int64).min()
    take = show("numpy take by ready indices", timed(lambda: table.take(index)), ROWS)

    print(f"\nloop over holidays ÷ vector (one amount)      {loop / one:>10.0f} ×   (claim: ≥ 100)")
    print(f"loop over holidays ÷ vector (amount per row)  {loop / each:>10.0f} ×   (claim: ≥ 100)")
    print(f"loop over holidays ÷ plain loop               {loop / pure:>10.1f} ×")
    print(f"vector (one amount) ÷ numpy take              {one / take:>10.2f} ×")
    print(f"vector (one amount) ÷ numpy copy              {one / copy:>10.2f} ×")


if __name__ == "__main__":
    main()
