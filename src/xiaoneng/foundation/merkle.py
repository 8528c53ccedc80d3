"""默克尔树: the hash tree of RFC 6962 §2.1 and RFC 9162 §2.1, in pure Python.

Leaves are given as *leaf hashes* everywhere: `root([leaf_hash(d) for d in data])`. Positions count from 0.
What makes proofs (`root`, `inclusion_proof`, `consistency_proof`) raises `ValueError` for arguments out of range; what
checks proofs takes anything at all, never raises, and answers False for whatever is not a valid proof.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any

EMPTY_ROOT = sha256(b"").digest()
HASH_SIZE = 32
LARGEST_SIZE = 2**64 - 1

Range = tuple[int, int]


def leaf_hash(data: bytes) -> bytes:
    """树叶哈希: SHA-256(0x00 ‖ data)."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """节点哈希: SHA-256(0x01 ‖ left ‖ right)."""
    return sha256(b"\x01" + left + right).digest()


def parents(level: Sequence[bytes]) -> list[bytes]:
    """上一层: the hashes of the pairs of one level; a last one without a partner is left out."""
    # Written out for speed: verification of a ledger spends its time here.
    return [sha256(b"\x01" + left + right).digest() for left, right in zip(level[::2], level[1::2], strict=False)]


class Frontier:
    """前沿: a tree that only grows, in O(log n) memory: the roots of its full subtrees, largest first."""

    def __init__(self) -> None:
        self.size = 0
        self._full: list[tuple[int, bytes]] = []

    def append(self, value: bytes, *, level: int = 0) -> None:
        """Append one leaf hash, or the root of a full subtree of 2^level leaves where the size is a multiple of that.

        Raises `ValueError` for a hash that is not 32 bytes and for a subtree that does not fit there.
        """
        if len(value) != HASH_SIZE:
            raise ValueError("a hash is 32 bytes")
        if self.size % (1 << level):
            raise ValueError("a full subtree starts at a multiple of its size")
        self.size += 1 << level
        while self._full and self._full[-1][0] == level:
            value = node_hash(self._full.pop()[1], value)
            level += 1
        self._full.append((level, value))

    def copy(self) -> Frontier:
        """A second frontier that grows on its own."""
        other = Frontier()
        other.size, other._full = self.size, self._full.copy()
        return other

    def root(self) -> bytes:
        """树根: of the leaves appended so far; SHA-256 of nothing for the empty tree."""
        if not self._full:
            return EMPTY_ROOT
        value = self._full[-1][1]
        for _, left in reversed(self._full[:-1]):
            value = node_hash(left, value)
        return value


def root(leaves: Iterable[bytes]) -> bytes:
    """树根: of a list of leaf hashes."""
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    return frontier.root()


def inclusion_ranges(index: int, size: int) -> list[Range]:
    """包含证明的区间: the ranges [start, end) of leaves whose roots prove the leaf at `index`, lowest first."""
    if not 0 <= index < size:
        raise ValueError("index outside the tree")
    start, end, ranges = 0, size, list[Range]()
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    return ranges[::-1]


def consistency_ranges(size1: int, size2: int) -> list[Range]:
    """一致证明的区间: the ranges whose roots prove that the tree of `size2` begins with the tree of `size1`."""
    if not 0 < size1 <= size2:
        raise ValueError("sizes out of order: the older tree has at least one leaf and is not the larger")
    start, end, ranges = 0, size2, list[Range]()
    while end != size1:
        middle = start + _split(end - start)
        if size1 <= middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    if start:  # a tree that is a whole left part of the newer one needs no root of its own in the proof
        ranges.append((start, end))
    return ranges[::-1]


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """包含证明: that the leaf hash `leaves[index]` is in the tree of `leaves` at that place."""
    return [root(leaves[start:end]) for start, end in inclusion_ranges(index, len(leaves))]


def consistency_proof(leaves: Sequence[bytes], size1: int, size2: int | None = None) -> list[bytes]:
    """一致证明: that the tree of the first `size2` leaf hashes (default: all) begins with that of the first `size1`."""
    size2 = len(leaves) if size2 is None else size2
    if size2 > len(leaves):
        raise ValueError("more leaves asked for than given")
    return [root(leaves[start:end]) for start, end in consistency_ranges(size1, size2)]


def verify_inclusion(*, index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes) -> bool:
    """验证包含: whether `leaf` (a leaf hash) is at `index` of the tree of `size` leaves with this `root`."""
    if not (_is_size(index) and _is_size(size) and _is_hash(leaf) and _is_hash(root) and _is_proof(proof)):
        return False
    if index >= size:
        return False
    value, place, last = leaf, index, size - 1
    for sibling in proof or ():
        if last == 0:
            return False
        if place & 1 or place == last:
            value = node_hash(sibling, value)
            while not place & 1:  # levels at which the right border has no sibling
                place >>= 1
                last >>= 1
        else:
            value = node_hash(value, sibling)
        place >>= 1
        last >>= 1
    return last == 0 and value == root


def verify_consistency(*, size1: int, size2: int, root1: bytes, root2: bytes, proof: Sequence[bytes]) -> bool:
    """验证一致: whether the tree of `size2` leaves with `root2` begins with the tree of `size1` leaves with `root1`.

    A tree of no leaves is a beginning of every tree, so nothing can be proved of it: size 0 is False.
    """
    if not (_is_size(size1) and _is_size(size2) and type(root1) is type(root2) is bytes and _is_proof(proof)):
        return False
    if not 0 < size1 <= size2:
        return False
    if size1 == size2:  # nothing is hashed: whatever the two roots are, they are the same
        return not proof and root1 == root2
    if not (proof and _is_hash(root1) and _is_hash(root2)):
        return False
    path = list(proof)
    if size1 & (size1 - 1) == 0:
        path.insert(0, root1)
    place, last = size1 - 1, size2 - 1
    while place & 1:
        place >>= 1
        last >>= 1
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old = node_hash(sibling, old)
            new = node_hash(sibling, new)
            while place and not place & 1:
                place >>= 1
                last >>= 1
        else:
            new = node_hash(new, sibling)
        place >>= 1
        last >>= 1
    return last == 0 and old == root1 and new == root2


def _split(count: int) -> int:
    """The largest power of two smaller than `count` (which is at least 2)."""
    return 1 << ((count - 1).bit_length() - 1)


def _is_size(value: object) -> bool:
    return type(value) is int and 0 <= value <= LARGEST_SIZE


def _is_hash(value: object) -> bool:
    return type(value) is bytes and len(value) == HASH_SIZE


def _is_proof(value: Any) -> bool:
    # None is how JSON vectors write an empty proof; 128 hashes are more than any tree of 2^64 leaves needs.
    if value is None:
        return True
    return type(value) in (list, tuple) and len(value) <= 128 and all(_is_hash(item) for item in value)
