"""限额: how much of a hostile file is read before it is refused."""

from __future__ import annotations

import time
from dataclasses import dataclass

from xiaoneng.foundation.refusals import Unreadable

MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """限额: every number is a ceiling for one file. `seconds` is wall time; `ratio` expanded to packed size;
    `part_bytes` one part inside a docx or xlsx, expanded; `cells` grid positions handled: a table counts three times.
    """

    file_bytes: int = 50 * MEGABYTE
    characters: int = 10_000_000
    entries: int = 5_000
    expanded_bytes: int = 400 * MEGABYTE
    part_bytes: int = 64 * MEGABYTE
    ratio: int = 200
    pages: int = 1_000
    blocks: int = 200_000
    cells: int = 1_500_000
    depth: int = 200
    seconds: float = 60.0


class Meter:
    """计量: what one reading has used so far. Each method raises `Unreadable` when its ceiling is passed."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._until = time.monotonic() + limits.seconds
        self._characters = self._blocks = self._cells = 0

    def check_time(self) -> None:
        """限时."""
        if time.monotonic() > self._until:
            raise Unreadable(f"读取这份文件超过了 {self.limits.seconds:g} 秒。", remedy="请拆分文件后重试。")

    @property
    def seconds_left(self) -> float:
        """剩余秒数, never negative."""
        return max(0.0, self._until - time.monotonic())

    def add_block(self) -> None:
        """计一个文块."""
        self._blocks += 1
        if self._blocks > self.limits.blocks:
            raise Unreadable(f"文件的段落和表格超过 {self.limits.blocks} 个。", remedy="请拆分文件后重试。")
        if self._blocks % 256 == 0:
            self.check_time()

    def add_cells(self, count: int) -> None:
        """计单元格: grid positions, counted before they are made."""
        self._cells += count
        if self._cells > self.limits.cells:
            raise Unreadable(f"表格的单元格超过 {self.limits.cells} 个。", remedy="请删去空白行列或拆分表格后重试。")
        self.check_time()

    def add_characters(self, count: int) -> None:
        """计字符."""
        self._characters += count
        if self._characters > self.limits.characters:
            raise Unreadable(f"文件的文字超过 {self.limits.characters} 个字符。", remedy="请拆分文件后重试。")

    def check_depth(self, depth: int) -> None:
        """嵌套层数."""
        if depth > self.limits.depth:
            raise Unreadable(f"文件的嵌套超过 {self.limits.depth} 层，可能是恶意构造的。", remedy="请另存后重试。")
