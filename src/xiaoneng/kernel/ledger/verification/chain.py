"""核验事件链: every event against its leaf, every leaf against the tree, the tree against everything signed."""

from __future__ import annotations

from hashlib import sha256

from django.db import connection

from xiaoneng.foundation import merkle
from xiaoneng.kernel.ledger import statements, tree
from xiaoneng.kernel.ledger.models import Leaf, Node
from xiaoneng.kernel.ledger.queries import head_size
from xiaoneng.kernel.ledger.verification import heads
from xiaoneng.kernel.ledger.verification.heads import Claims
from xiaoneng.kernel.ledger.verification.report import Report

LEVEL = 13
CHUNK = 1 << LEVEL
READ = 1024  # events at a time: more of them leave the processor's cache
STRETCH = """
    SELECT COUNT(*), MIN(event_id - position), MAX(event_id - position), {joined}
    FROM (SELECT * FROM ledger_leaf WHERE position >= %s AND position < %s ORDER BY position) AS stretch
"""
CONTENTS = "SELECT {joined} FROM (SELECT content FROM ledger_event WHERE id >= %s AND id < %s ORDER BY id) AS stretch"
# The database joins a stretch into one value: in Python a row costs more than its hash.
JOIN_HASHES = {"sqlite": "CAST(group_concat(hash, '') AS BLOB)", "postgresql": "string_agg(hash, ''::bytea)"}
JOIN_LINES = {"sqlite": "group_concat(content, char(10))", "postgresql": "string_agg(content, chr(10))"}
PLACES = "SELECT event_id, hash FROM ledger_leaf WHERE position >= %s AND position < %s ORDER BY position"
EVENTS = "SELECT id, content FROM ledger_event WHERE id IN {}"
NODES = "SELECT number, hash FROM ledger_node WHERE number >= %s AND number < %s"


def check(report: Report, keys: dict[int, bytes], claims: Claims) -> None:
    """核验: reads the tree from left to right, 8,192 events at a time."""
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
        if size > (now := tree.size()):  # else it was signed since the verification began
            report.add("head", size, f"曾签发或见证过 {size} 条事件的树头，现在只剩 {now} 条：末尾的事件被删除。")


def _leaves(report: Report, start: int, end: int, suspects: dict[bytes, int]) -> list[bytes] | None:
    """The leaf hashes of a stretch, after comparing them with the events; None where a place is missing."""
    leaves: list[bytes] = []
    for first in range(start, end, READ):
        last = min(first + READ, end)
        found = _in_order(first, last) or _one_by_one(report, first, last, suspects)
        if found is None:
            return None
        leaves += found
    return leaves


def _in_order(first: int, last: int) -> list[bytes]:
    """The usual case, fast: ids follow one another as places do, and nothing is missing or changed; else empty."""
    query = STRETCH.format(joined=JOIN_HASHES[connection.vendor])
    ((count, low, high, kept),) = statements.select(query, [first, last])
    if count != last - first or low != high:
        return []
    query = CONTENTS.format(joined=JOIN_LINES[connection.vendor])
    ((lines,),) = statements.select(query, [first + low, last + low])
    data = b"\x00" + (lines or "").encode().replace(b"\n", b"\n\x00")
    leaves = [sha256(leaf).digest() for leaf in data.split(b"\n")]
    return leaves if b"".join(leaves) == kept else []


def _one_by_one(report: Report, first: int, last: int, suspects: dict[bytes, int]) -> list[bytes] | None:
    """Any other case, exact: gaps between ids, and whatever somebody did."""
    places = statements.select(PLACES, [first, last])
    if len(places) != last - first:
        _miss(report, first, last)
        return None
    contents = dict(statements.select_in(EVENTS, (number for number, _ in places)))
    for position, (number, leaf) in enumerate(places, first):
        content = contents.get(number)
        value = b"" if content is None else merkle.leaf_hash(f"{content}".encode())
        if value != leaf:
            _blame(report, position, bytes(leaf), value, suspects)
    return [bytes(leaf) for _, leaf in places]


def _miss(report: Report, start: int, end: int) -> None:
    present = set(Leaf.objects.filter(position__gte=start, position__lt=end).values_list("position", flat=True))
    absent = [position for position in range(start, end) if position not in present]
    for position in absent[:100]:
        report.add("dropped", position, f"位置 {position} 的事件在树中的位置缺失：事件被删除。")
    report.add("tree", absent[0], f"自位置 {absent[0]} 起位置不连续，其后的树根无法核对。")


def _blame(report: Report, position: int, leaf: bytes, value: bytes, suspects: dict[bytes, int]) -> None:
    event = Leaf.objects.filter(position=position).values_list("event_id", flat=True).first()
    if not value:
        report.add("dropped", position, f"位置 {position} 的事件（编号 {event}）被删除。")
    elif leaf in suspects:
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
    kept = dict(statements.select(NODES, [2 * start, 2 * (start + CHUNK)]))
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
    if last is not None and last >= 2 * tree.size():
        report.add("tree", last, "树的末尾多出节点：曾经更长的台账被截短，或有人插入节点。")


def _compare(report: Report, expected: dict[int, bytes], kept: dict[int, bytes]) -> None:
    if expected == kept:
        return
    for number in sorted(expected.keys() | kept.keys()):
        width = 1 << _level(number)
        first = (number + 1 - width) >> 1
        # A node over more than the events under verification was kept since it began.
        if expected.get(number) != kept.get(number) and first + width <= report.size:
            report.add("tree", number, f"位置 {first} 至 {first + width - 1} 的事件之上的树节点与叶子不符。")


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
