"""核验事件链: every event against its leaf, every leaf against the tree, the tree against everything signed."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.db import connection

from xiaoneng.foundation import merkle
from xiaoneng.kernel.ledger import tree
from xiaoneng.kernel.ledger.models import Leaf, Node
from xiaoneng.kernel.ledger.queries import head_size
from xiaoneng.kernel.ledger.verification import heads
from xiaoneng.kernel.ledger.verification.heads import Claims
from xiaoneng.kernel.ledger.verification.report import Report

LEVEL = 12
CHUNK = 1 << LEVEL
EVENTS = """
    SELECT l.position, l.hash, e.content FROM ledger_leaf l LEFT JOIN ledger_event e ON e.id = l.event_id
    WHERE l.position >= %s AND l.position < %s ORDER BY l.position
"""
NODES = "SELECT number, hash FROM ledger_node WHERE number >= %s AND number < %s"


def check(report: Report, keys: dict[int, bytes], claims: Claims) -> None:
    """核验: reads the tree from left to right, 4,096 events at a time."""
    frontier, tops, suspects = merkle.Frontier(), list[bytes](), dict[bytes, int]()
    high: dict[int, bytes] = {}
    for start in range(0, report.size, CHUNK):
        end = min(start + CHUNK, report.size)
        leaves = _leaves(report, start, end, suspects)
        if leaves is None:
            return
        levels = [leaves]
        while len(levels[-1]) > 1:
            levels.append(merkle.parents(levels[-1]))
        _check_nodes(report, start, levels, high)
        for size, sources in heads.due(report, keys, claims, start, end):
            root = _root_at(frontier, levels, size - start)
            for said, source in sources:
                if said != root:
                    report.add("head", size, f"前 {size} 条事件算出的树根与{source}不符。")
        if end - start == CHUNK:
            tops.append(levels[-1][0])
            frontier.append(tops[-1], level=LEVEL)
    _check_high(report, tops, high)
    if report.size > (covered := head_size()):
        where = f"位置 {covered} 至 {report.size - 1}"
        report.add("unsigned", covered, f"{where} 的事件不在任何签名的树头之下：绕过系统编入。")
    for size in heads.beyond(claims, report.size):
        report.add("head", size, f"曾签发或见证过 {size} 条事件的树头，现在只剩 {report.size} 条：末尾的事件被删除。")


def _leaves(report: Report, start: int, end: int, suspects: dict[bytes, int]) -> list[bytes] | None:
    """The leaf hashes of a stretch, after comparing them with the events; None where a place is missing."""
    with connection.cursor() as cursor:
        cursor.execute(EVENTS, [start, end])
        rows = cursor.fetchall()
    if len(rows) != end - start:
        present = {row[0] for row in rows}
        absent = [position for position in range(start, end) if position not in present]
        for position in absent[:100]:
            report.add("dropped", position, f"位置 {position} 的事件在树中的位置缺失：事件被删除。")
        report.add("tree", start, f"自位置 {absent[0]} 起位置不连续，其后的树根无法核对。")
        return None
    leaves = [bytes(row[1]) for row in rows]
    try:
        # One pass without branches: this line is most of the time that verification takes.
        computed = [sha256(b"\x00" + row[2].encode()).digest() for row in rows]
    except AttributeError:
        computed = [sha256(b"\x00" + row[2].encode()).digest() if row[2] is not None else b"" for row in rows]
    if computed != leaves:
        for row, leaf, value in zip(rows, leaves, computed, strict=True):
            if leaf != value:
                _blame(report, row, leaf, value, suspects)
    return leaves


def _blame(report: Report, row: Any, leaf: bytes, value: bytes, suspects: dict[bytes, int]) -> None:
    position, content = row[0], row[2]
    event = Leaf.objects.filter(position=position).values_list("event_id", flat=True).first()
    if content is None:
        report.add("dropped", position, f"位置 {position} 的事件（编号 {event}）被删除。")
    elif suspects.get(leaf) is not None:
        report.add("swapped", position, f"位置 {suspects[leaf]} 与位置 {position} 的事件被对调。")
    else:
        report.add("changed", position, f"位置 {position} 的事件（编号 {event}）的内容与入账时不符：被改动或换位。")
    if len(suspects) < 10_000:
        suspects[value] = position


def _check_nodes(report: Report, start: int, levels: list[list[bytes]], high: dict[int, bytes]) -> None:
    expected = {
        tree.number(level, (start >> level) + index): value
        for level in range(tree.STEP, len(levels), tree.STEP)
        for index, value in enumerate(levels[level])
    }
    with connection.cursor() as cursor:
        cursor.execute(NODES, [2 * start, 2 * (start + CHUNK)])
        kept = {number: bytes(value) for number, value in cursor.fetchall()}
    for number in [number for number in kept if _level(number) > LEVEL]:
        high[number] = kept.pop(number)
    _compare(report, expected, kept)


def _check_high(report: Report, tops: list[bytes], kept: dict[int, bytes]) -> None:
    """The few nodes above a chunk."""
    expected: dict[int, bytes] = {}
    level, hashes = LEVEL, tops
    while len(hashes) > 1:
        level, hashes = level + 1, merkle.parents(hashes)
        if level % tree.STEP == 0:
            expected.update({tree.number(level, index): value for index, value in enumerate(hashes)})
    _compare(report, expected, kept)
    last = Node.objects.order_by("-number").values_list("number", flat=True).first()
    if last is not None and last >= 2 * report.size:
        report.add("tree", last, "树的末尾多出节点：曾经更长的台账被截短，或有人插入节点。")


def _compare(report: Report, expected: dict[int, bytes], kept: dict[int, bytes]) -> None:
    if expected == kept:
        return
    for number in sorted(expected.keys() | kept.keys()):
        if expected.get(number) != kept.get(number):
            level = _level(number)
            first = number + 1 - (1 << level) >> 1
            report.add("tree", number, f"位置 {first} 至 {first + (1 << level) - 1} 的事件之上的树节点与叶子不符。")


def _level(number: int) -> int:
    """The level of an in-order number: how many ones it ends in."""
    return (~number & (number + 1)).bit_length() - 1


def _root_at(frontier: merkle.Frontier, levels: list[list[bytes]], count: int) -> bytes:
    """The root when `count` leaves of the present stretch follow the frontier."""
    grown, position = frontier.copy(), 0
    for level in range(count.bit_length() - 1, -1, -1):
        if count >> level & 1:
            grown.append(levels[level][position >> level], level=level)
            position += 1 << level
    return grown.root()
