"""Folding, grams, excerpts and marks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xiaoneng.kernel.search.queries import _marked
from xiaoneng.kernel.search.text import Query, clean, excerpt, fold, grams, marked


@given(st.text(), st.text())
def test_a_part_folds_as_it_does_in_the_whole(one: str, other: str) -> None:
    assert fold(one + other) == fold(one) + fold(other)


@given(st.text(), st.text(max_size=5))
def test_marking_loses_nothing(text: str, query: str) -> None:
    assert "".join(piece for piece, _ in marked(text, Query.of(query).terms)) == text


@given(st.text())
def test_cleaning_is_final_and_leaves_no_control_character(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean(text).isprintable() or "\x00" not in clean(text)


def test_grams_are_pairs_and_the_last_character() -> None:
    assert list(grams("督查通，报")) == ["督查", "查通", "通", "报"]


def test_what_was_sought_is_marked_and_everything_is_escaped() -> None:
    assert _marked("<b>督查</b>&", ("督查",)) == "&lt;b&gt;<mark>督查</mark>&lt;/b&gt;&amp;"
    assert _marked("ＡＢ角", ("ab",)) == "<mark>ＡＢ</mark>角"


def test_an_excerpt_stands_around_the_first_place() -> None:
    text = "前" * 200 + "督查" + "后" * 200
    shown = excerpt(text, ("督查",))
    assert shown.startswith("…前")
    assert shown.endswith("后…")
    assert "督查" in shown
    assert excerpt("短文", ("无",)) == "短文"
