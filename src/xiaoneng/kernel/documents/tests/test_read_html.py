"""读网页: the text of the page, tables of data with their spans, nothing hidden."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaoneng.foundation.blocks import Paragraph, Table
from xiaoneng.foundation.refusals import Unreadable
from xiaoneng.kernel.documents.reading import read_bytes
from xiaoneng.kernel.documents.tests.files import html, origins, outcome, tables, texts


def test_only_what_a_browser_shows() -> None:
    document = html(
        "<script>var a='甲'</script><style>p{}</style><nav>首页</nav><noscript>乙</noscript><!-- 丙 -->"
        "<p style='display: none'>丁</p><p hidden>戊</p><p aria-hidden=true>己</p><select><option>庚</option></select>"
        "<button>打印</button><p>正文<span style='visibility:hidden'>辛</span>完</p><footer>版权</footer>"
    )
    assert texts(document) == ["正文完"]


def test_breaks_indents_entities_and_source_line_ends() -> None:
    document = html(
        "<p>&emsp;&emsp;一、总体&nbsp;&nbsp;要求<br>　　（一）&ldquo;快&rdquo;办&#12290;\n  依法办\n理，in\ntime</p>"
        "x &lt;1"
    )
    assert texts(document) == ["一、总体 要求", "（一）“快”办。依法办理，in time", "x <1"]


def test_headings_alignment_and_metadata() -> None:
    document = read_bytes(
        "<html><head><title> 方案 </title><meta name=PubDate content='2019-01-30'>"
        "<meta property='og:site' content='云溪'></head><body>"
        "<h1>标题</h1><p align=center>文号</p><div style='text-align:right'><p>2019年1月</p></div>"
        "<center>居中</center><p style='text-align: justify'>正文</p>".encode(),
        "a.html",
    )
    assert document.metadata == {"title": "方案", "PubDate": "2019-01-30", "og:site": "云溪"}
    found = [(b.text, b.level, b.align) for b in document.blocks if isinstance(b, Paragraph)]
    assert found == [
        ("标题", 1, ""),
        ("文号", 0, "center"),
        ("2019年1月", 0, "right"),
        ("居中", 0, "center"),
        ("正文", 0, ""),
    ]


@pytest.mark.parametrize("charset", ["gb2312", "gbk", "GB18030", "utf-8"])
def test_a_declared_encoding_is_used(charset: str) -> None:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">'
    page = f"<html><head>{meta}</head><p>镕基喆</p></html>"
    assert texts(read_bytes(page.encode(charset if charset != "gb2312" else "gbk"), "a.htm")) == ["镕基喆"]


def test_a_wrongly_declared_encoding_is_not_believed() -> None:
    page = '<html><head><meta charset="gbk"></head><body><p>各处室要抓好落实</p></body></html>'
    assert texts(read_bytes(page.encode(), "a.html")) == ["各处室要抓好落实"]


def test_the_text_of_a_portal_page_without_its_menus() -> None:
    menu = "<div class='nav-bar'>" + "<a>栏目</a>" * 5 + "</div>"
    body = "".join(f"<p>第{n}段，各处室要按照分工抓好落实，确保按时完成。</p>" for n in range(8))
    page = f"<div>{menu}<table><tr><td>左栏</td><td id='UCAP-CONTENT'>{body}</td></tr></table><div>相关链接</div></div>"
    assert texts(html(page)) == [f"第{n}段，各处室要按照分工抓好落实，确保按时完成。" for n in range(8)]
    assert texts(html(menu + body)) == [f"第{n}段，各处室要按照分工抓好落实，确保按时完成。" for n in range(8)]


def test_rowspan_and_colspan() -> None:
    document = html(
        "<table><tr><th rowspan=2>序号</th><th colspan=2>任务</th></tr><tr><th>内容</th><th>时限</th></tr>"
        "<tr><td>1</td><td>甲</td><td>乙</td></tr></table>"
    )
    assert tables(document) == [[["序号", "任务", "任务"], ["序号", "内容", "时限"], ["1", "甲", "乙"]]]
    assert origins(document) == [[True, True, False], [False, True, True], [True, True, True]]


@pytest.mark.parametrize("span", ["0", "-3", "999999999999", "2.5", "abc", "", " 2 ", "１"])
def test_hostile_spans(span: str) -> None:
    document = html(
        f"<table><tr><td rowspan='{span}' colspan='{span}'>甲</td><td>乙</td></tr>"
        "<tr><td>丙</td><td>丁</td></tr></table>"
    )
    cells = {text for row in tables(document)[0] for text in row}
    assert {"甲", "乙", "丙", "丁"} <= cells
    assert len({len(row) for row in tables(document)[0]}) == 1


def test_a_table_full_of_hostile_spans_is_bounded() -> None:
    rows = "<tr>" + "<td rowspan=65534 colspan=1000>x</td>" * 200 + "</tr>"
    with pytest.raises(Unreadable, match="单元格超过"):
        html(f"<table>{rows * 300}</table>")


def test_a_layout_table_is_text_and_a_table_in_it_is_a_table() -> None:
    document = html(
        "<table><tr><td><h1>标题</h1><p>正文</p><table border=1><tr><td>序号</td><td>任务</td></tr>"
        "<tr><td>1</td><td>甲</td></tr></table></td></tr></table>"
    )
    assert texts(document) == ["标题", "正文"]
    assert tables(document) == [[["序号", "任务"], ["1", "甲"]]]


def test_a_table_inside_a_cell_is_lines_of_text() -> None:
    document = html(
        "<table><tr><td>序号</td><td>任务</td></tr><tr><td>1</td><td>甲"
        "<table><tr><td>乙</td><td>丙</td></tr><tr><td>丁</td><td>戊</td></tr></table>己</td></tr></table>"
    )
    assert tables(document) == [[["序号", "任务"], ["1", "甲\n乙 丙\n丁 戊\n己"]]]


def test_full_width_rows_above_and_below_are_paragraphs() -> None:
    document = html(
        "<table><tr><td colspan=2>分解表</td></tr><tr><td>序号</td><td>任务</td></tr><tr><td>1</td><td>甲</td></tr>"
        "<tr><td colspan=2>注：略</td></tr></table>"
    )
    assert texts(document) == ["分解表", "注：略"]
    assert [b.line for b in document.blocks] == [1, 2, 4]
    table = next(b for b in document.blocks if isinstance(b, Table))
    assert table.lines == (2, 3)


def test_ordered_lists_show_their_numbers() -> None:
    document = html("<ol start=3><li>甲<li>乙</ol><ol type=a><li>丙</ol><ul><li>丁</ul><ol><li value=7>戊</ol>")
    assert texts(document) == ["3. 甲", "4. 乙", "a. 丙", "丁", "7. 戊"]


def test_a_page_that_never_closes_anything() -> None:
    assert texts(html("<div><p>甲<p>乙<table><tr><td>丙<td>丁")) == ["甲", "乙", "丙", "丁"]


def test_endless_nesting_is_refused_or_read_but_never_an_error() -> None:
    for tag in ("div", "table><tr><td", "b", "ul><li"):
        assert outcome((f"<{tag}>" * 20_000 + "甲").encode(), "a.html")


def test_html_under_other_names() -> None:
    for name in ("a.doc", "a.xls", "a.txt", "a.wps", "a"):
        document = html("<p>甲</p>", name)
        assert (document.source_format, texts(document)) == ("html", ["甲"])


def test_a_text_that_mentions_a_tag_stays_a_text() -> None:
    assert read_bytes("用 <p> 标签分段。".encode(), "a.txt").source_format == "txt"


def test_a_web_archive_called_doc() -> None:
    archive = (
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"
        b"Content-Type: text/html; charset=utf-8\r\n"
        b"Content-Transfer-Encoding: quoted-printable\r\n\r\n<p>=E7=94=B2</p>\r\n--x--\r\n"
    )
    assert texts(read_bytes(archive, "a.doc")) == ["甲"]


@given(st.text(max_size=300))
def test_any_text_between_tags_is_read_or_refused(text: str) -> None:
    assert outcome(f"<table><tr><td>{text}<td>{text}</table><p>{text}".encode("utf-8", "replace"), "a.html")
