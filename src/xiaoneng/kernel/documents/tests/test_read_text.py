"""读文本: every encoding, lines exactly as they are."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoneng.foundation.blocks import Paragraph
from xiaoneng.foundation.refusals import Unreadable
from xiaoneng.kernel.documents.reading import read_bytes
from xiaoneng.kernel.documents.tests.files import tables, texts

TEXT = "云溪市工作方案\n\n　　一、总体要求\n（一）指导思想。坚持“快办”，办结率达到99%以上。\n附件：1.分解表\n"
LINES = [
    (1, "云溪市工作方案"),
    (3, "　　一、总体要求"),
    (4, "（一）指导思想。坚持“快办”，办结率达到99%以上。"),
    (5, "附件：1.分解表"),
]

ENCODED = {
    "utf-8": TEXT.encode(),
    "utf-8 with mark": codecs.BOM_UTF8 + TEXT.encode(),
    "gb18030": TEXT.encode("gb18030"),
    "gbk": TEXT.encode("gbk"),
    "utf-16 with mark": TEXT.encode("utf-16"),
    "utf-16-be with mark": codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    "utf-16-le without mark": TEXT.encode("utf-16-le"),
    "utf-16-be without mark": TEXT.encode("utf-16-be"),
    "utf-32 with mark": TEXT.encode("utf-32"),
    "windows line ends": TEXT.replace("\n", "\r\n").encode(),
    "old mac line ends": TEXT.replace("\n", "\r").encode("gb18030"),
}


@pytest.mark.parametrize("name", ENCODED)
def test_every_encoding_gives_the_same_lines(name: str) -> None:
    document = read_bytes(ENCODED[name], "方案.txt")
    assert document.source_format == "txt"
    assert [(b.line, b.text) for b in document.blocks if isinstance(b, Paragraph)] == LINES
    assert document.notes == ()


def test_traditional_characters_in_big5() -> None:
    assert texts(read_bytes("辦理機關應於六月底前完成審查，並通知申請人。".encode("big5"), "a.txt")) == [
        "辦理機關應於六月底前完成審查，並通知申請人。"
    ]


def test_a_few_broken_bytes_are_shown_and_noted() -> None:
    data = ("各处室要抓好落实。" * 100).encode() + b"\xff\xfe" + "完成。".encode()
    document = read_bytes(data, "a.txt")
    assert "\ufffd" in texts(document)[0]
    assert "编码有误" in document.notes[0]


def test_a_text_cut_inside_a_character_is_still_read() -> None:
    assert texts(read_bytes(("各处室要抓好落实。" * 100).encode()[:-1], "a.txt"))[0].startswith("各处室")


def test_invisible_characters_go_and_everything_else_stays() -> None:
    document = read_bytes("\ufeff责任\u200b处室：\u202e综合  二处\x00\x07".encode(), "a.txt")
    assert texts(document) == ["责任处室：综合  二处"]


@pytest.mark.parametrize(
    ("data", "filename", "said"),
    [
        (b"", "a.txt", "空文件"),
        (b"\x00" * 5000, "a.txt", "空文件"),
        (b" \r\n\t ", "a.txt", "空文件"),
        ("　\n\u3000".encode(), "a.txt", "没有文字"),
        (bytes(range(256)) * 40, "a.txt", "不是文字"),
        (b"\x7fELF\x02\x01\x01" + b"\x00\x01\x9c" * 400, "a.txt", "不是文字"),
        (b"\x8d\xf3\xa1" * 3000, "a.txt", "不是文字"),
        ("正文".encode(), "a.exe", "不认识扩展名"),
        ("正文".encode(), "a.docx", "内容却不是"),
        ("正文".encode(), "a.pdf", "内容却不是"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, filename: str, said: str) -> None:
    with pytest.raises(Unreadable, match=said) as caught:
        read_bytes(data, filename)
    assert caught.value.remedy


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=200))
def test_any_characters_survive_gb18030_and_utf8(text: str) -> None:
    document = read_bytes(("通知：" + text).encode(), "a.txt")
    assert texts(document) == ["通知：" + text]


@given(st.lists(st.text(alphabet="一二三甲乙 　\t1a。", max_size=12), min_size=1, max_size=20))
def test_lines_keep_their_number_and_their_spaces(lines: list[str]) -> None:
    document = read_bytes("\n".join(["首行", *lines]).encode(), "a.txt")
    want = [(n, line) for n, line in enumerate(["首行", *lines], 1) if line.strip()]
    assert [(b.line, b.text) for b in document.blocks if isinstance(b, Paragraph)] == want


def test_csv_in_gbk_with_any_delimiter() -> None:
    for mark in ",\t;|":
        data = f'序号{mark}任务{mark}时限\r\n1{mark}"完善{mark}制度"{mark}6月底前\r\n2{mark}培训\r\n'.encode("gbk")
        assert tables(read_bytes(data, "a.csv")) == [
            [["序号", "任务", "时限"], ["1", f"完善{mark}制度".replace("\t", " "), "6月底前"], ["2", "培训", ""]]
        ]


def test_markdown() -> None:
    source = (
        "# 工作方案\n\n正文**重点**[链接](http://x)。\n第二行<!-- 隐\n藏 -->\n\n- 甲\n\n---\n\n"
        "| 序号 | 任务 |\n|---|:-:|\n| 1 | 建**库** |\n| 2 | 转\\|义<br>两行 |\n\n"
        "<table><tr><td rowspan=2>a</td><td>b</td></tr><tr><td>c</td></tr></table>\n尾"
    )
    document = read_bytes(source.encode(), "a.md")
    assert texts(document) == ["工作方案", "正文重点链接。", "第二行", "甲", "尾"]
    assert [b.level for b in document.blocks if isinstance(b, Paragraph)][:2] == [1, 0]
    assert tables(document) == [
        [["序号", "任务"], ["1", "建库"], ["2", "转|义\n两行"]],
        [["a", "b"], ["a", "c"]],
    ]
