"""存树: the Merkle tree in the database. Hashes of full subtrees are kept at every fourth level (0 = leaves), so that
a proof reads at most sixteen hashes for each of log16(n) levels, and a million leaves cost 66,666 nodes.
"""

from __future__ import annotations

from collections.abc import Sequence

from xiaoneng.foundation import merkle
from xiaoneng.foundation.refusals import Refused
from xiaoneng.kernel.ledger import statements
from xiaoneng.kernel.ledger.models import Leaf, Node

STEP = 4
FAN = 1 << STEP


def number(level: int, index: int) -> int:
    """节点编号: in-order, so that the nodes over a stretch of leaves have consecutive numbers."""
    return (2 * index + 1) * (1 << level) - 1


def size() -> int:
    """树的大小: how many events have a place."""
    last = Leaf.objects.order_by("-position").values_list("position", flat=True).first()
    return 0 if last is None else last + 1


def root(count: int) -> bytes:
    """树根: of the first `count` leaves, from kept hashes."""
    return range_root(0, count)


def inclusion_proof(position: int, count: int) -> list[bytes]:
    """包含证明: of the leaf at `position` in the tree of `count` leaves."""
    return [range_root(start, end) for start, end in merkle.inclusion_ranges(position, count)]


def consistency_proof(count1: int, count2: int) -> list[bytes]:
    """一致证明: between two sizes of the tree."""
    return [range_root(start, end) for start, end in merkle.consistency_ranges(count1, count2)]


def range_root(start: int, end: int) -> bytes:
    """The root of the leaves [start, end), which is a node of some tree: it starts at a multiple of its size."""
    frontier, position = merkle.Frontier(), start
    while position < end:
        level = (end - position).bit_length() - 1
        frontier.append(subtree(level, position >> level), level=level)
        position += 1 << level
    return frontier.root()


def subtree(level: int, index: int) -> bytes:
    """The root of the full subtree number `index` at `level`."""
    base = level - level % STEP
    width = 1 << (level - base)
    hashes = stored(base, index * width, (index + 1) * width)
    while len(hashes) > 1:
        hashes = merkle.parents(hashes)
    return hashes[0]


def stored(level: int, first: int, end: int) -> list[bytes]:
    """The kept hashes number `first` to `end` (exclusive) of a level that is kept.

    Raises `Refused` where one is missing: no proof can be made then, and verification says where.
    """
    if level == 0:
        found = Leaf.objects.filter(position__gte=first, position__lt=end).order_by("position")
        hashes = [bytes(value) for value in found.values_list("hash", flat=True)]
    else:
        numbers = [number(level, index) for index in range(first, end)]
        nodes = Node.objects.filter(number__in=numbers).order_by("number")
        hashes = [bytes(value) for value in nodes.values_list("hash", flat=True)]
    if len(hashes) != end - first:
        raise Refused("台账的树不完整，无法给出证明。", remedy="请运行 xiaoneng ledger verify 查明缺失之处。")
    return hashes


def grow(count: int, leaves: Sequence[bytes]) -> None:
    """生长: keep the nodes that become full when `leaves` follow the first `count` leaves (which are already kept)."""
    nodes: list[tuple[int, bytes]] = []
    level, first, fresh = 0, count, list(leaves)
    while fresh:
        start = first - first % FAN
        hashes = stored(level, start, first) + fresh
        first, fresh = start // FAN, []
        for offset in range(0, len(hashes) - FAN + 1, FAN):
            group = hashes[offset : offset + FAN]
            while len(group) > 1:
                group = merkle.parents(group)
            fresh.append(group[0])
        level += STEP
        nodes += [(number(level, first + i), value) for i, value in enumerate(fresh)]
    statements.insert("ledger_node", ("number", "hash"), nodes)
