"""版本差异: which task of the new reading is which task of the old one, and what changed in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rapidfuzz import fuzz, process

from xiaoneng.programme.importing.identity import plain

Reading = Mapping[str, Any]
TaskReading = Mapping[str, Any]

FIELDS: Mapping[str, str] = {
    "task": "任务",
    "steps": "工作举措",
    "target": "目标要求",
    "deadline": "完成时限",
    "deadline_text": "时限表述",
    "lead_units": "牵头单位",
    "support_units": "配合单位",
    "joint": "共同负责",
    "others": "另有其他单位",
    "action": "行动",
    "measure": "举措",
    "text": "原文",
    "targets": "量化目标",
    "cadences": "频次",
}
HEADER: Mapping[str, str] = {
    "title": "标题",
    "issuer": "发文机关",
    "document_number": "文号",
    "issued_on": "成文日期",
}
SAME_TASK = 60.0
SIMILAR_ENOUGH_TO_SEARCH = 2_000_000


@dataclass(frozen=True, slots=True)
class Change:
    """字段变化."""

    field: str
    label: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Pair:
    """对应的任务: the same duty in both readings, by their numbers, with what changed."""

    old: int
    new: int
    title: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """版本差异: every old task is in a pair or withdrawn, every new one in a pair or added, each exactly once."""

    header: tuple[Change, ...]
    pairs: tuple[Pair, ...]
    added: tuple[TaskReading, ...]
    withdrawn: tuple[TaskReading, ...]

    @property
    def changed(self) -> tuple[Pair, ...]:
        """有变化的任务."""
        return tuple(pair for pair in self.pairs if pair.changes)

    def __bool__(self) -> bool:
        moved = any(pair.old != pair.new for pair in self.pairs)
        return bool(self.header or self.changed or self.added or self.withdrawn or moved)


def difference(old: Reading, new: Reading) -> Difference:
    """版本差异 of two readings."""
    before, after = kept(old), kept(new)
    extras = {id(old): _extras(old), id(new): _extras(new)}
    pairs, matched_old, matched_new = [], set(), set()
    for i, j in match(before, after):
        matched_old.add(i)
        matched_new.add(j)
        one, other = before[i], after[j]
        full_one = {**one, **extras[id(old)][one["number"]]}
        full_other = {**other, **extras[id(new)][other["number"]]}
        pairs.append(Pair(one["number"], other["number"], other["task"], changes(full_one, full_other, FIELDS)))
    return Difference(
        header=changes(old, new, HEADER),
        pairs=tuple(sorted(pairs, key=lambda pair: pair.new)),
        added=tuple(task for j, task in enumerate(after) if j not in matched_new),
        withdrawn=tuple(task for i, task in enumerate(before) if i not in matched_old),
    )


def kept(reading: Reading) -> list[TaskReading]:
    """要导入的任务: all but those that a person left out."""
    return [task for task in reading["tasks"] if not task.get("skip")]


def changes(one: Mapping[str, Any], other: Mapping[str, Any], fields: Mapping[str, str]) -> tuple[Change, ...]:
    """变化的字段; nothing, null and an empty list are the same silence."""
    return tuple(
        Change(name, label, one.get(name), other.get(name))
        for name, label in fields.items()
        if (one.get(name) or None) != (other.get(name) or None)
    )


def match(old: Sequence[TaskReading], new: Sequence[TaskReading]) -> list[tuple[int, int]]:
    """对应关系 as index pairs: the same wording first, then the most similar, each used once.

    Among equals the order in the document decides, so that a reading matches itself task by task.
    """
    found: list[tuple[int, int]] = []
    for wording in (_whole, _named):
        free_old = _grouped(old, {i for i, _ in found}, wording)
        free_new = _grouped(new, {j for _, j in found}, wording)
        for key, ours in free_old.items():
            found.extend(zip(ours, free_new.get(key, []), strict=False))
    rest_old = [i for i in range(len(old)) if i not in {i for i, _ in found}]
    rest_new = [j for j in range(len(new)) if j not in {j for _, j in found}]
    if rest_old and rest_new and len(rest_old) * len(rest_new) <= SIMILAR_ENOUGH_TO_SEARCH:
        found.extend(_similar(old, new, rest_old, rest_new))
    return sorted(found)


def _similar(
    old: Sequence[TaskReading], new: Sequence[TaskReading], rest_old: Sequence[int], rest_new: Sequence[int]
) -> Iterable[tuple[int, int]]:
    scores = process.cdist(
        [_whole(old[i]) for i in rest_old],
        [_whole(new[j]) for j in rest_new],
        scorer=fuzz.ratio,
        score_cutoff=SAME_TASK,
    )
    ranked = sorted(
        (-float(scores[a][b]), abs(old[i]["number"] - new[j]["number"]), i, j)
        for a, i in enumerate(rest_old)
        for b, j in enumerate(rest_new)
        if scores[a][b] >= SAME_TASK
    )
    used_old: set[int] = set()
    used_new: set[int] = set()
    for _, _, i, j in ranked:
        if i not in used_old and j not in used_new:
            used_old.add(i)
            used_new.add(j)
            yield i, j


def _grouped(tasks: Sequence[TaskReading], taken: set[int], wording: Any) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = defaultdict(list)
    for i, task in enumerate(tasks):
        if i not in taken:
            groups[wording(task)].append(i)
    return groups


def _whole(task: TaskReading) -> str:
    return plain("".join(str(task.get(name) or "") for name in ("task", "steps", "target", "text")))


def _named(task: TaskReading) -> str:
    return plain(f"{task.get('measure') or ''}{task['task']}")


def _extras(reading: Reading) -> dict[int, dict[str, list[str]]]:
    """Targets and cadences as sentences, by task number."""
    found: dict[int, dict[str, list[str]]] = defaultdict(lambda: {"targets": [], "cadences": []})
    for target in reading.get("targets", ()):
        found[target["task"]]["targets"].append(target_sentence(target))
    for cadence in reading.get("cadences", ()):
        found[cadence["task"]]["cadences"].append(f"{cadence['text']}（{cadence['rrule']}）")
    return found


def target_sentence(target: Mapping[str, Any]) -> str:
    """目标的一句话, for comparison and display."""
    period = f"（每{target['period']}）" if target.get("period") else ""
    said = f"{target['subject']}{target['measure']} {target['operator']} {number_text(target.get('value'))}"
    return f"{said}{target['unit']}{period}".strip()


def number_text(value: float | None) -> str:
    """数字, without an exponent or idle zeros."""
    return "" if value is None else format(Decimal(str(value)).normalize(), "f")
