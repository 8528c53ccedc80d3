"""图表: stacked bars drawn by the server as SVG, with the same numbers as a table and as data for the bundle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

# From what is finished to what has not begun; told apart by lightness too, and each named in the legend.
TONES = ("#1f6b45", "#2f6db0", "#8db6de", "#cfd6de")
WIDTH = 1000


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
    """一段 of a bar, in thousandths of the longest one."""

    series: int
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Row:
    """一条: a category with its numbers, and the parts to draw."""

    category: Category
    values: tuple[int, ...]
    total: int
    parts: tuple[Part, ...]


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
    def rows(self) -> list[Row]:
        """各条, on one common scale."""
        columns = list(zip(*(series.values for series in self.series), strict=True))
        longest = max([1, *map(sum, columns)])
        return [
            Row(category, values, sum(values), tuple(_parts(values, WIDTH / longest)))
            for category, values in zip(self.categories, columns, strict=True)
        ]

    def data(self) -> dict[str, Any]:
        """数据, as the bundle's chart module takes it."""
        return {
            "unit": self.unit,
            "categories": [{"label": c.label, "url": c.url} for c in self.categories],
            "series": [{"label": s.label, "colour": s.colour, "values": list(s.values)} for s in self.series],
        }


def _parts(values: Sequence[int], scale: float) -> list[Part]:
    return [Part(number, sum(values[:number]) * scale, value * scale) for number, value in enumerate(values) if value]
