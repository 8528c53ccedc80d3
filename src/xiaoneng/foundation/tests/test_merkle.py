"""默克尔树: proofs against the recursive definitions of RFC 9162 §2.1, and hostile arguments."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoneng.foundation import merkle

DATA = st.lists(st.binary(max_size=8), max_size=70)
ANYTHING: list[Any] = [
    None, "", "a" * 32, b"", b"short", b"x" * 33, bytearray(32), 1.0, -1, True, 2**64, 10**400, object(),
    [], [None], [b"short"], ["a" * 32], [b"x" * 32] * 1000, {}, float("nan"),
]  # fmt: skip


def mth(data: list[bytes]) -> bytes:
    """RFC 9162 §2.1.1, word for word."""
    if not data:
        return sha256(b"").digest()
    if len(data) == 1:
        return sha256(b"\x00" + data[0]).digest()
    k = split(len(data))
    return sha256(b"\x01" + mth(data[:k]) + mth(data[k:])).digest()


def path(m: int, data: list[bytes]) -> list[bytes]:
    """RFC 9162 §2.1.3.1."""
    if len(data) == 1:
        return []
    k = split(len(data))
    if m < k:
        return [*path(m, data[:k]), mth(data[k:])]
    return [*path(m - k, data[k:]), mth(data[:k])]


def subproof(m: int, data: list[bytes], whole: bool = True) -> list[bytes]:
    """RFC 9162 §2.1.4.1."""
    if m == len(data):
        return [] if whole else [mth(data)]
    k = split(len(data))
    if m <= k:
        return [*subproof(m, data[:k], whole), mth(data[k:])]
    return [*subproof(m - k, data[k:], False), mth(data[:k])]


def split(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def hashes(data: list[bytes]) -> list[bytes]:
    return [merkle.leaf_hash(d) for d in data]


@given(DATA)
def test_root_is_the_definition(data: list[bytes]) -> None:
    assert merkle.root(hashes(data)) == mth(data)


@given(DATA.filter(bool), st.data())
def test_inclusion_is_the_definition_and_verifies(data: list[bytes], draw: st.DataObject) -> None:
    index = draw.draw(st.integers(0, len(data) - 1))
    proof = merkle.inclusion_proof(hashes(data), index)
    assert proof == path(index, data)
    leaf, root = merkle.leaf_hash(data[index]), mth(data)
    assert merkle.verify_inclusion(index=index, size=len(data), leaf=leaf, proof=proof, root=root)


@given(DATA.filter(bool), st.data())
def test_consistency_is_the_definition_and_verifies(data: list[bytes], draw: st.DataObject) -> None:
    size1 = draw.draw(st.integers(1, len(data)))
    proof = merkle.consistency_proof(hashes(data), size1)
    assert proof == subproof(size1, data)
    assert merkle.verify_consistency(
        size1=size1, size2=len(data), root1=mth(data[:size1]), root2=mth(data), proof=tuple(proof)
    )


@given(st.lists(st.binary(max_size=8), min_size=2, max_size=70, unique=True), st.data())
def test_a_changed_proof_fails(data: list[bytes], draw: st.DataObject) -> None:
    index = draw.draw(st.integers(0, len(data) - 1))
    leaf, root = merkle.leaf_hash(data[index]), mth(data)
    proof = merkle.inclusion_proof(hashes(data), index)
    for wrong in changes(proof, draw):
        assert not merkle.verify_inclusion(index=index, size=len(data), leaf=leaf, proof=wrong, root=root)
    other = draw.draw(st.integers(0, len(data) + 3).filter(lambda i: i != index))
    assert not merkle.verify_inclusion(index=other, size=len(data), leaf=leaf, proof=proof, root=root)

    size1 = draw.draw(st.integers(1, len(data) - 1))
    old, grown = mth(data[:size1]), merkle.consistency_proof(hashes(data), size1)
    for wrong in changes(grown, draw):
        assert not merkle.verify_consistency(size1=size1, size2=len(data), root1=old, root2=root, proof=wrong)
    assert not merkle.verify_consistency(size1=size1, size2=len(data), root1=root, root2=old, proof=grown)


def changes(proof: list[bytes], draw: st.DataObject) -> list[list[bytes]]:
    at = draw.draw(st.integers(0, len(proof) - 1))
    bit = draw.draw(st.integers(0, 255))
    flipped = (int.from_bytes(proof[at]) ^ (1 << bit)).to_bytes(32)
    return [
        [*proof[:at], flipped, *proof[at + 1 :]],
        proof[:at] + proof[at + 1 :],
        [*proof, flipped],
        [flipped, *proof],
        [],
    ]


@given(DATA, st.data())
def test_a_frontier_takes_leaves_and_full_subtrees(data: list[bytes], draw: st.DataObject) -> None:
    leaves, frontier = hashes(data), merkle.Frontier()
    while frontier.size < len(leaves):
        room = len(leaves) - frontier.size
        fits = [level for level in range(7) if frontier.size % (1 << level) == 0 and 1 << level <= room]
        level = draw.draw(st.sampled_from(fits))
        frontier.append(merkle.root(leaves[frontier.size : frontier.size + (1 << level)]), level=level)
    assert frontier.root() == mth(data)


def test_a_frontier_refuses_what_does_not_fit() -> None:
    frontier = merkle.Frontier()
    frontier.append(merkle.leaf_hash(b""))
    with pytest.raises(ValueError, match="multiple"):
        frontier.append(merkle.leaf_hash(b""), level=1)
    with pytest.raises(ValueError, match="32 bytes"):
        frontier.append(b"")
    assert frontier.size == 1


@given(DATA)
def test_parents_are_the_level_above(data: list[bytes]) -> None:
    leaves = hashes(data)
    assert merkle.parents(leaves) == [mth(data[i : i + 2]) for i in range(0, len(data) - 1, 2)]


@pytest.mark.parametrize("bad", ANYTHING, ids=lambda value: type(value).__name__)
@pytest.mark.parametrize("name", ["index", "size", "leaf", "proof", "root"])
def test_verifying_inclusion_never_raises(name: str, bad: Any) -> None:
    left, right = hashes([b"a", b"b"])
    good: dict[str, Any] = {"index": 1, "size": 2, "leaf": right, "proof": [left], "root": mth([b"a", b"b"])}
    assert merkle.verify_inclusion(**good)
    assert not merkle.verify_inclusion(**{**good, name: bad})


@pytest.mark.parametrize("bad", ANYTHING, ids=lambda value: type(value).__name__)
@pytest.mark.parametrize("name", ["size1", "size2", "root1", "root2", "proof"])
def test_verifying_consistency_never_raises(name: str, bad: Any) -> None:
    data = [b"a", b"b", b"c"]
    good: dict[str, Any] = {
        "size1": 2, "size2": 3, "root1": mth(data[:2]), "root2": mth(data), "proof": [merkle.leaf_hash(b"c")]
    }  # fmt: skip
    assert merkle.verify_consistency(**good)
    assert not merkle.verify_consistency(**{**good, name: bad})


def test_equal_sizes_want_equal_roots_and_no_proof() -> None:
    one, two = mth([b"1"]), mth([b"2"])

    def check(size1: int, size2: int, root1: bytes, root2: bytes, proof: list[bytes]) -> bool:
        return merkle.verify_consistency(size1=size1, size2=size2, root1=root1, root2=root2, proof=proof)

    assert check(1, 1, one, one, [])
    assert not check(1, 1, one, two, [])
    assert not check(1, 1, one, one, [two])
    assert not check(0, 0, merkle.EMPTY_ROOT, merkle.EMPTY_ROOT, [])
    assert not check(0, 1, merkle.EMPTY_ROOT, one, [])
    assert not check(2, 1, one, two, [])
    assert not check(1, 2, one, two, [])


def test_a_single_leaf_is_its_own_root() -> None:
    leaf = merkle.leaf_hash(b"only")
    assert merkle.inclusion_proof([leaf], 0) == []
    assert merkle.verify_inclusion(index=0, size=1, leaf=leaf, proof=[], root=leaf)
    assert not merkle.verify_inclusion(index=0, size=0, leaf=leaf, proof=[], root=merkle.EMPTY_ROOT)


@pytest.mark.parametrize(("index", "size"), [(0, 0), (-1, 3), (3, 3), (2**70, 3)])
def test_no_proof_is_made_outside_the_tree(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="outside"):
        merkle.inclusion_proof(hashes([b""] * size), index)


@pytest.mark.parametrize(("size1", "size2"), [(0, 3), (4, 3), (-1, 3), (1, 4)])
def test_no_consistency_is_proved_of_sizes_out_of_order(size1: int, size2: int) -> None:
    with pytest.raises(ValueError, match=r"sizes|more leaves"):
        merkle.consistency_proof(hashes([b""] * 3), size1, size2)
