"""Stacked bars: what is drawn is in proportion to the numbers."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from xiaoneng.ui.charts import WIDTH, Category, Series, StackedBars


def bars(*columns: tuple[int, int]) -> StackedBars:
    categories = [Category(f"<类{at}>", "/there/") for at in range(len(columns))]
    series = [Series(name, "#000", [column[at] for column in columns]) for at, name in enumerate(("甲", "乙"))]
    return StackedBars("k", "图", "项", "类", categories, series)


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), max_size=8))
def test_bars_are_in_proportion_and_parts_touch(columns: list[tuple[int, int]]) -> None:
    rows = bars(*columns).rows
    longest = max([1, *(row.total for row in rows)])
    for row in rows:
        assert sum(part.width for part in row.parts) == pytest.approx(row.total * WIDTH / longest)
        assert all(part.width > 0 for part in row.parts)
        for one, next_one in zip(row.parts, row.parts[1:], strict=False):
            assert one.x + one.width == pytest.approx(next_one.x)


def test_the_page_holds_table_and_data_and_escapes_both() -> None:
    page = render_to_string("ui/stacked_bars.html", {"chart": bars((1, 2), (3, 0))})
    assert "<类0>" not in page
    assert '<script id="chart-k" type="application/json">' in page
    assert page.count("<tr>") == 3
