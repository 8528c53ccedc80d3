"""The dated tree: never a circle, nothing lost, the past stays readable."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoneng.foundation.actors import SYSTEM
from xiaoneng.foundation.refusals import Conflict, Refused
from xiaoneng.kernel.ledger.api import Event
from xiaoneng.kernel.organisation import api as organisation
from xiaoneng.kernel.organisation import queries
from xiaoneng.kernel.organisation.models import Alias, Unit
from xiaoneng.kernel.organisation.services import people, units
from xiaoneng.kernel.organisation.testing import NOW, SINCE, Office
from xiaoneng.kernel.organisation.tree import Node, Tree

TODAY = NOW.date()


@st.composite
def parents(draw: st.DrawFn) -> dict[int, int | None]:
    """Any parents at all, circles and strangers included."""
    size = draw(st.integers(1, 12))
    return {unit: draw(st.none() | st.integers(1, size + 2)) for unit in range(1, size + 1)}


def _has_circle(given_parents: dict[int, int | None]) -> bool:
    for unit in given_parents:
        seen, above = {unit}, given_parents[unit]
        while above in given_parents and above is not None:
            if above in seen:
                return True
            seen.add(above)
            above = given_parents[above]
    return False


@given(parents())
def test_a_tree_is_whole_or_refused(given_parents: dict[int, int | None]) -> None:
    nodes = [Node(unit, str(unit), "division", parent) for unit, parent in given_parents.items()]
    if _has_circle(given_parents):
        with pytest.raises(Refused, match="循环"):
            Tree(nodes)
        return
    tree = Tree(nodes)
    order = [node.id for node in tree.walk()]
    assert sorted(order) == sorted(given_parents)
    for node in tree.walk():
        path = [above.id for above in tree.path(node.id)]
        assert path[-1] == node.id
        assert all(order.index(above) <= order.index(node.id) for above in path), "parents come first"


@given(parents(), st.lists(st.tuples(st.integers(1, 12), st.none() | st.integers(1, 12)), max_size=15))
def test_moves_that_are_asked_first_never_make_a_circle(
    start: dict[int, int | None], moves: list[tuple[int, int | None]]
) -> None:
    standing: dict[int, int | None] = dict.fromkeys(start)
    for unit, parent in moves:
        if unit not in standing or (parent is not None and parent not in standing):
            continue
        tree = Tree([Node(key, str(key), "division", above) for key, above in standing.items()])
        if not tree.would_circle(unit, parent):
            standing[unit] = parent
        assert not _has_circle(standing)


def test_no_unit_is_put_below_itself(office: Office) -> None:
    child = units.create_unit(
        name="一科", parent=office.units["综合一处"], kind="section", valid_from=SINCE, actor=SYSTEM, at=NOW
    )
    for parent in (office.root, child):
        with pytest.raises(Refused, match="不能放在自己或自己的下级之下"):
            units.change_unit(
                office.root, name=office.root.name, kind="office", parent=parent, order=0, actor=SYSTEM, at=NOW
            )
    assert Unit.objects.get(pk=office.root.pk).parent is None


def test_a_move_and_a_new_name_leave_the_past_readable(office: Office) -> None:
    unit, events = office.units["秘书三处"], Event.objects.count()
    units.change_unit(
        unit, name="秘书处", kind="division", parent=office.units["督查室"], order=9, actor=SYSTEM, at=NOW
    )
    before, after = queries.tree(TODAY - timedelta(days=1)), queries.tree(TODAY)
    assert [node.name for node in before.path(unit.pk)] == [office.root.name, "秘书三处"]
    assert [node.name for node in after.path(unit.pk)] == [office.root.name, "督查室", "秘书处"]
    assert organisation.unit_by_name("秘书三处", NOW) == unit, "the former name became an alias"
    assert Event.objects.count() == events + 1
    later = NOW + timedelta(days=30)
    units.change_unit(
        Unit.objects.get(pk=unit.pk), name="秘书一科", kind="section", parent=None, order=9, actor=SYSTEM, at=later
    )
    assert [queries.tree(day).nodes[unit.pk].name for day in (SINCE, TODAY, later.date())] == [
        "秘书三处",
        "秘书处",
        "秘书一科",
    ]
    nothing = Event.objects.count()
    units.change_unit(
        Unit.objects.get(pk=unit.pk), name="秘书一科", kind="section", parent=None, order=9, actor=SYSTEM, at=later
    )
    assert Event.objects.count() == nothing, "no change, no event"


def test_a_unit_ends_only_when_nothing_hangs_on_it(office: Office) -> None:
    for name, what in (("云溪市人民政府办公室", "下级机构"), ("综合一处", "任职人员、AB 角")):
        with pytest.raises(Refused, match=what):
            units.end_unit(office.units[name], actor=SYSTEM, at=NOW)
    gone = office.units["综合六处"]
    units.end_unit(gone, actor=SYSTEM, at=NOW)
    assert gone.pk not in queries.tree(TODAY).nodes
    assert gone.pk in queries.tree(TODAY - timedelta(days=1)).nodes
    assert organisation.unit_by_name("综合六处", NOW) is None
    assert len(organisation.expand_group("各综合处", NOW)) == 5
    with pytest.raises(Refused, match="已于 2026-03-02 撤销"):
        units.end_unit(gone, actor=SYSTEM, at=NOW)
    with pytest.raises(Refused, match="不存在"):
        people.appoint(office.admin, unit=Unit.objects.get(pk=gone.pk), actor=SYSTEM, at=NOW)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "1 到 100 个字"),
        ("　\u200b", "1 到 100 个字"),
        ("处" * 101, "1 到 100 个字"),
        ("各综合处", "统称"),
        ("综合一处", "已经存在"),
        ("市督查室", "别名"),
    ],
)
def test_names_that_are_refused(office: Office, name: str, reason: str) -> None:
    units.add_alias(office.units["督查室"], name="市督查室", actor=SYSTEM, at=NOW)
    before = (Unit.objects.count(), Event.objects.count())
    with pytest.raises(Refused, match=reason):
        units.create_unit(name=name, parent=office.root, kind="division", actor=SYSTEM, at=NOW)
    assert (Unit.objects.count(), Event.objects.count()) == before


def test_one_alias_means_one_unit(office: Office) -> None:
    units.add_alias(office.units["督查室"], name="督办室", actor=SYSTEM, at=NOW)
    units.add_alias(office.units["督查室"], name="督办室", actor=SYSTEM, at=NOW)
    assert Alias.objects.filter(name="督办室").count() == 1
    with pytest.raises(Refused, match="已是“督查室”的别名"):
        units.add_alias(office.units["监察室"], name="督办室", actor=SYSTEM, at=NOW)
    with pytest.raises(Refused, match="另一个机构的名称"):
        units.add_alias(office.units["监察室"], name="督查室", actor=SYSTEM, at=NOW)


def test_two_units_of_one_name_are_told_apart_not_guessed(office: Office) -> None:
    for parent in ("云溪市财政局", "云溪市审计局"):
        units.create_unit(name="办公室", parent=office.units[parent], kind="section", actor=SYSTEM, at=NOW)
    assert organisation.unit_by_name("办公室", NOW) is None
    (proposal,) = organisation.propose_units(["办公室"], NOW)
    assert (proposal.match, len(proposal.candidates)) == (None, 2)
    with pytest.raises(Conflict):
        units.create_unit(name="办公室", parent=office.units["云溪市财政局"], kind="section", actor=SYSTEM, at=NOW)


def test_a_unit_to_come_is_not_there_yet(office: Office) -> None:
    start = date(2026, 7, 1)
    unit = units.create_unit(name="数据局", kind="department", valid_from=start, actor=SYSTEM, at=NOW)
    assert organisation.unit_by_name("数据局", NOW) is None
    assert unit.pk in queries.tree(start).nodes
