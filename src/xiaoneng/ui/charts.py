"""图表: stacked bars drawn by the server as SVG, with the same numbers as a table and as data for the bundle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

# From what is finished to what has not begun; told apart by lightness too, and each named in the legend.
TONES = ("#1f6b45", "#2f6db0", "#8db6de", "#cfd6de")
WIDTH = 720.0
LABEL = 190.0
ROW = 34
BAR = 18


@dataclass(frozen=True, slots=True)
class Category:
    """类目: a bar; `url` where it leads, "" nowhere."""

    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """系列: one part of every bar."""

    label: str
    colour: str
    values: Sequence[int]


@dataclass(frozen=True, slots=True)
class Part:
    """一段: a drawn part of a bar; `value` is written in it where it has room."""

    x: float
    y: float
    width: float
    series: int
    value: int
    roomy: bool


@dataclass(frozen=True, slots=True)
class StackedBars:
    """堆叠条形图: `key` names it in the page, `heading` the first column of its table."""

    key: str
    title: str
    unit: str
    heading: str
    categories: Sequence[Category]
    series: Sequence[Series]

    @property
    def script_id(self) -> str:
        return f"chart-{self.key}"

    @property
    def height(self) -> int:
        return len(self.categories) * ROW + 4

    @property
    def totals(self) -> list[int]:
        return [sum(values) for values in zip(*(s.values for s in self.series), strict=True)]

    @property
    def rows(self) -> list[tuple[Category, list[int], int]]:
        """数据表: category, value per series, total."""
        values = zip(*(s.values for s in self.series), strict=True)
        return [(c, list(v), sum(v)) for c, v in zip(self.categories, values, strict=True)]

    @property
    def labels(self) -> list[tuple[Category, int]]:
        return [(category, at * ROW + ROW // 2) for at, category in enumerate(self.categories)]

    def parts(self) -> Iterator[Part]:
        """各段, on one common scale."""
        scale = (WIDTH - LABEL - 40) / max([1, *self.totals])
        for at in range(len(self.categories)):
            x = LABEL
            for number, series in enumerate(self.series):
                width = series.values[at] * scale
                if width:
                    yield Part(x, at * ROW + (ROW - BAR) / 2, width, number, series.values[at], width >= 22)
                x += width

    def ends(self) -> Iterator[tuple[float, int, int]]:
        """合计: where each bar's total is written."""
        scale = (WIDTH - LABEL - 40) / max([1, *self.totals])
        for at, total in enumerate(self.totals):
            yield LABEL + total * scale + 6, at * ROW + ROW // 2, total

    def data(self) -> dict[str, Any]:
        """数据, as the bundle's chart module takes it."""
        return {
            "unit": self.unit,
            "categories": [{"label": c.label, "url": c.url} for c in self.categories],
            "series": [{"label": s.label, "colour": s.colour, "values": list(s.values)} for s in self.series],
        }
