from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoneng.programme.reading.numbering import han_number, mark_at, to_han


@given(st.integers(1, 999))
def test_han_numbers_round_trip(value: int) -> None:
    assert han_number(to_han(value)) == value


@given(st.integers(1, 99), st.sampled_from(["{}、", "（{}）", "({})", "（ {} ）", "第{}条 ", "第{}章 ", "{}是"]))
def test_han_marks_give_their_value_back(value: int, form: str) -> None:
    if form == "{}是" and value > 10:
        return
    mark = mark_at(form.format(to_han(value)) + "加强管理")
    assert mark is not None
    assert mark.value == value


@given(st.integers(1, 199), st.sampled_from(["{}.", "{}．", "{}﹒", "{}、", "（{}）", "({})", "{}. "]))
def test_digit_marks_give_their_value_and_the_text_after_them(value: int, form: str) -> None:
    text = form.format(value) + "畅通渠道"
    mark = mark_at(text)
    assert mark is not None
    assert (mark.value, text[mark.end :]) == (value, "畅通渠道")


@pytest.mark.parametrize("text", ["3.5亿元投资", "2023年工作", "一季度完成", "第三方评估", "①", "（市教育局）", "十佳"])
def test_what_only_looks_like_a_mark(text: str) -> None:
    mark = mark_at(text)
    assert mark is None or mark.style == "circle"


def test_ranks_go_from_chapter_to_circle() -> None:
    marks = [mark_at(t + "内容") for t in ("第一章", "一、", "（一）", "1.", "（1）", "①")]
    ranks = [m.rank for m in marks if m]
    assert len(ranks) == 6
    assert ranks == sorted(set(ranks))


@given(st.text(max_size=40))
def test_any_text_is_no_error(text: str) -> None:
    mark = mark_at(text)
    assert mark is None or 0 < mark.end <= len(text)
