"""机构树 (pure): units of one day with their parents, never in a circle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from xiaoneng.foundation.refusals import Refused


@dataclass(frozen=True, slots=True)
class Node:
    """机构: one unit as it stood on the tree's day."""

    id: int
    name: str
    kind: str
    parent_id: int | None
    order: int = 0


@dataclass(slots=True)
class Branch:
    """分支: a unit with its branches, ready to be shown."""

    node: Node
    branches: list[Branch] = field(default_factory=list)


class Tree:
    """机构树: raises `Refused` at once where parents form a circle.

    A unit whose parent is not in force on the day stands at the root: it must not vanish from view.
    """

    def __init__(self, nodes: Iterable[Node]) -> None:
        self.nodes = {node.id: node for node in nodes}
        self._children: dict[int | None, list[Node]] = {}
        for node in sorted(self.nodes.values(), key=lambda node: (node.order, node.id)):
            parent = node.parent_id if node.parent_id in self.nodes else None
            self._children.setdefault(parent, []).append(node)
        if sum(1 for _ in self.walk()) != len(self.nodes):
            raise Refused("机构的上下级关系形成了循环。", remedy="请检查上级机构的设置。")

    def children(self, unit_id: int | None) -> list[Node]:
        """下级机构, in order."""
        return self._children.get(unit_id, [])

    def walk(self, start: int | None = None) -> Iterator[Node]:
        """自上而下: all units below `start` (all units for None), parents first."""
        pending = list(reversed(self.children(start)))
        while pending:
            node = pending.pop()
            yield node
            pending.extend(reversed(self.children(node.id)))

    def path(self, unit_id: int) -> list[Node]:
        """自根而下的路径, ending with the unit itself; empty for an unknown unit."""
        path: list[Node] = []
        node = self.nodes.get(unit_id)
        while node is not None:
            path.append(node)
            node = self.nodes.get(node.parent_id) if node.parent_id is not None else None
        return path[::-1]

    def branches(self, start: int | None = None) -> list[Branch]:
        """分支, nested for display."""
        made = {node.id: Branch(node) for node in self.walk(start)}
        roots: list[Branch] = []
        for node in self.walk(start):
            above = made.get(node.parent_id) if node.parent_id is not None else None
            (roots if above is None else above.branches).append(made[node.id])
        return roots

    def would_circle(self, unit_id: int, parent_id: int | None) -> bool:
        """是否会形成循环, were the unit put under that parent."""
        return parent_id is not None and unit_id in {node.id for node in self.path(parent_id)}
