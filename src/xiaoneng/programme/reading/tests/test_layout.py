from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xiaoneng.foundation.blocks import Paragraph
from xiaoneng.programme.reading.layout import lay_out, unroll

from .making import document

PREAMBLE = "为提升服务水平，按照市委部署，结合实际，制定本方案。" * 6
RUN_ON = (
    "某市人民政府办公室文件某政办发〔2022〕8号某市人民政府办公室关于印发《某市供水改造方案》的通知各区人民政府，市政府各部门："
    "《某市供水改造方案》已经市政府同意，现印发给你们，请认真执行。某市人民政府办公室2022年5月6日某市供水改造方案"
    + PREAMBLE
    + "一 、职责分工（一）市水务局负责管网更新，符合上述（一）（二）款的除外。（二）市财政局负责资金。"
    "二、工作步骤（一）摸底。分区摸底。（二）施工。分段施工。某市人民政府办公室2022年5月6日"
)


def texts(*lines: str) -> list[str]:
    return [p.text for p in lay_out(document(*lines)).parts if isinstance(p, Paragraph)]


def test_a_text_without_line_breaks_is_cut_at_its_numbering_and_its_front_matter() -> None:
    lines = texts(RUN_ON)
    assert lines[:7] == [
        "某市人民政府办公室文件",
        "某政办发〔2022〕8号",
        "某市人民政府办公室关于印发《某市供水改造方案》的通知",
        "各区人民政府，市政府各部门：",
        "《某市供水改造方案》已经市政府同意，现印发给你们，请认真执行。",
        "某市人民政府办公室",
        "2022年5月6日",
    ]
    assert lines[7] == "某市供水改造方案"
    assert [x[:6] for x in lines[9:15]] == [
        "一 、职责分",
        "（一）市水务",
        "（二）市财政",
        "二、工作步骤",
        "（一）摸底。",
        "（二）施工。",
    ]
    assert lines[-2:] == ["某市人民政府办公室", "2022年5月6日"]


def test_a_text_that_stands_twice_is_read_once() -> None:
    assert texts(RUN_ON + " " + RUN_ON) == texts(RUN_ON)
    paragraphs = [f"第{i}段：" + "说明工作安排与要求，逐项落实到位。" * 3 + str(i) for i in range(12)]
    assert texts("门户标题", *paragraphs, *paragraphs) == ["门户标题", *paragraphs]


def test_a_text_that_stands_once_stays() -> None:
    paragraphs = [f"第{i}段：" + "说明工作安排与要求，逐项落实到位。" * 3 + str(i) for i in range(12)]
    assert texts(*paragraphs) == paragraphs


def test_lines_broken_by_the_page_width_are_joined() -> None:
    body = "".join(f"第{i}项由有关处室按照统一安排{'抓紧' * (i % 4)}组织实施，定期报告进展，" for i in range(40))
    width = 30
    broken = [body[i : i + width] for i in range(0, len(body), width)]
    assert "".join(texts(*broken)) == body
    assert len(texts(*broken)) < len(broken) / 4


def test_short_lines_are_left_alone() -> None:
    cells = ["序号", "任务", "责任单位", "1", "建设泵站", "市水务局"] * 6
    assert texts(*cells) == cells


def test_what_the_portal_says_is_kept_apart() -> None:
    layout = lay_out(document("发布时间：2022年05月06日", "工作方案", "（此件公开发布）", "正文&nbsp;一段"))
    assert [p.text for p in layout.parts if isinstance(p, Paragraph)] == ["工作方案", "正文 一段"]
    assert layout.chrome == ("发布时间：2022年05月06日", "（此件公开发布）")


def test_one_long_paragraph_stays_one() -> None:
    text = "围绕目标推进：（1）完善制度，责任到人；（2）强化督查，定期通报；" + "持续改进服务，" * 50 + "务求实效。"
    assert unroll(text) == [text]


@given(st.text(alphabet="一二三、（）1.第条章。；：某市政府2022年5月日 的通知意见", min_size=300, max_size=600))
def test_unrolling_loses_no_character(text: str) -> None:
    pieces = unroll(text)
    assert "".join("".join(pieces).split()) == "".join(text.split())
