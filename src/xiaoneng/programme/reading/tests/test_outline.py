from __future__ import annotations

from xiaoneng.programme.reading.layout import lay_out
from xiaoneng.programme.reading.outline import outline

from .making import document


def paths(*lines: str) -> list[tuple[tuple[str, ...], str]]:
    found = outline(lay_out(document(*lines)).parts)
    return [(p.path, p.text) for p in found.passages if not p.heading]


def test_headings_open_and_close_by_rank() -> None:
    lines = (
        "一、总体要求",
        "说明。",
        "二、任务",
        "（一）供水",
        "1.更新管网",
        "更新老管。",
        "（二）供热",
        "检修锅炉。",
        "三、保障",
        "落实资金。",
    )
    assert paths(*lines) == [
        (("一、总体要求",), "说明。"),
        (("二、任务", "（一）供水", "1.更新管网"), "更新老管。"),
        (("二、任务", "（二）供热"), "检修锅炉。"),
        (("三、保障",), "落实资金。"),
    ]


def test_a_run_in_heading_is_the_end_of_the_path() -> None:
    assert paths("一、任务", "（一）更新管网。年内更换老旧管道。", "接着验收。") == [
        (("一、任务", "（一）更新管网"), "年内更换老旧管道。"),
        (("一、任务", "（一）更新管网"), "接着验收。"),
    ]


def test_an_item_that_is_one_sentence_is_no_heading() -> None:
    assert paths("一、任务", "（一）更换老旧管道。（市水务局负责）", "（二）检修锅炉。（市住建局负责）") == [
        (("一、任务",), "更换老旧管道。（市水务局负责）"),
        (("一、任务",), "检修锅炉。（市住建局负责）"),
    ]


def test_a_duty_is_no_heading() -> None:
    assert paths("（一）各区政府要更换管道。完成后报告。") == [((), "各区政府要更换管道。完成后报告。")]
    assert paths("（一）3月底前完成摸底。随后施工。") == [((), "3月底前完成摸底。随后施工。")]


def test_the_list_of_annexes_gives_no_headings() -> None:
    found = outline(
        lay_out(
            document("一、任务", "说明。", "附件：1.口号", "2.分解表", "附件1", "口号", "1.干在实处。", "2.走在前列。")
        ).parts
    )
    assert [s.title for s in found.sections] == ["任务"]


def test_sections_carry_number_title_level_and_line() -> None:
    found = outline(lay_out(document("一、任务", "（一）供水", "说明。")).parts)
    assert [(s.number, s.title, s.level, s.line) for s in found.sections] == [
        ("一、", "任务", 1, 1),
        ("（一）", "供水", 2, 2),
    ]
