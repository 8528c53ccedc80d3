"""读 Word: what stands on the page: numbers of lists, merged cells, inserted text; nothing deleted or hidden."""

from __future__ import annotations

import pytest

from xiaoneng.foundation.blocks import Paragraph
from xiaoneng.foundation.refusals import Unreadable
from xiaoneng.kernel.documents.reading import read_bytes
from xiaoneng.kernel.documents.tests.files import docx, origins, p, tables, tbl, tc, texts, zipped


def level(n: int, form: str, text: str, extra: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>{extra}</w:lvl>'
    )


def listed(text: str, number: int = 1, depth: int = 0) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')


NUMBERING = (
    '<w:abstractNum w:abstractNumId="7">'
    + level(0, "chineseCountingThousand", "%1、")
    + level(1, "chineseCounting", "（%2）")
    + level(2, "decimal", "%3.")
    + level(3, "decimal", "%1.%3.%4", "<w:isLgl/>")
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    + '<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
    + "</w:lvlOverride></w:num>"
)


def test_numbers_of_lists_are_shown() -> None:
    body = "".join(
        [
            listed("总体要求"),
            listed("指导思想", depth=1),
            listed("目标", depth=1),
            listed("一季度", depth=2),
            listed("二季度", depth=2),
            listed("主要任务"),
            listed("审批", depth=1),
            listed("小项", depth=2),
            listed("细项", depth=3),
            p("正文"),
            listed("保障"),
            listed("附则", number=2),
            listed("不编号", number=0),
        ]
    )
    assert texts(read_bytes(docx(body, numbering=NUMBERING), "a.docx")) == [
        "一、总体要求",
        "（一）指导思想",
        "（二）目标",
        "1.一季度",
        "2.二季度",
        "二、主要任务",
        "（一）审批",
        "1.小项",
        "2.1.1 细项",
        "正文",
        "三、保障",
        "一、附则",
        "不编号",
    ]


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("decimal", "3"),
        ("chineseLegalSimplified", "叁"),
        ("decimalEnclosedCircleChinese", "③"),
        ("upperLetter", "C"),
        ("lowerRoman", "iii"),
        ("ideographTraditional", "丙"),
        ("decimalFullWidth", "３"),
        ("bullet", ""),
        ("none", ""),
        ("unheardOf", "3"),
    ],
)
def test_formats_of_numbers(form: str, shown: str) -> None:
    numbering = f'<w:abstractNum w:abstractNumId="0">{level(0, form, "%1、" if shown else "")}</w:abstractNum>'
    numbering += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    document = read_bytes(docx(listed("甲") * 3, numbering=numbering), "a.docx")
    assert texts(document)[2] == (f"{shown}、甲" if shown else "甲")


def test_number_and_heading_come_from_the_style() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/>'
        '</w:numPr><w:jc w:val="center"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="X"><w:basedOn w:val="H1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="L"><w:basedOn w:val="L"/></w:style>'
    )
    body = p("甲", '<w:pStyle w:val="H1"/>') + p("乙", '<w:pStyle w:val="X"/>') + p("丙", '<w:pStyle w:val="L"/>')
    document = read_bytes(docx(body, styles=styles, numbering=NUMBERING), "a.docx")
    found = [(b.text, b.level, b.align) for b in document.blocks if isinstance(b, Paragraph)]
    assert found == [("一、甲", 1, "center"), ("二、乙", 1, "center"), ("丙", 0, "")]


def test_merged_cells_both_ways() -> None:
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = tbl(
        tc("序号", down) + tc("任务", '<w:gridSpan w:val="2"/>'),
        tc("", on) + tc("内容") + tc("时限"),
        tc("1") + tc("甲", down) + tc("乙"),
        tc("2") + tc("", on) + tc(""),
    )
    document = read_bytes(docx(body), "a.docx")
    assert tables(document) == [
        [["序号", "任务", "任务"], ["序号", "内容", "时限"], ["1", "甲", "乙"], ["2", "甲", ""]]
    ]
    assert origins(document) == [[True, True, False], [False, True, True], [True, True, True], [True, False, True]]


def test_rows_that_begin_late_and_hostile_spans() -> None:
    body = (
        "<w:tbl><w:tr>" + tc("序号") + tc("甲") + "</w:tr>"
        '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>' + tc("乙") + "</w:tr>"
        "<w:tr>" + tc("1", '<w:gridSpan w:val="99999999"/>') + tc("丙", '<w:gridSpan w:val="x"/>') + "</w:tr></w:tbl>"
    )
    rows = tables(read_bytes(docx(body), "a.docx"))[0]
    assert rows[1][:2] == ["", "乙"]
    assert {"1", "丙"} <= set(rows[2])


def test_tracked_changes_are_read_as_accepted() -> None:
    body = (
        "<w:p><w:r><w:t>旧</w:t></w:r><w:del><w:r><w:delText>删</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom>"
        "<w:moveTo><w:r><w:t>移来</w:t></w:r></w:moveTo></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前半</w:t></w:r></w:p><w:p><w:r><w:t>后半</w:t></w:r></w:p>"
        "<w:tbl><w:tr>"
        + tc("甲")
        + tc("乙")
        + "</w:tr><w:tr><w:trPr><w:del/></w:trPr>"
        + tc("丙")
        + tc("丁")
        + "</w:tr>"
        "<w:tr>" + tc("戊") + tc("己") + "</w:tr></w:tbl>"
    )
    document = read_bytes(docx(body), "a.docx")
    assert texts(document) == ["旧新移来", "前半后半"]
    assert tables(document) == [[["甲", "乙"], ["戊", "己"]]]


def test_hidden_text_fields_notes_and_contents() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="toc 1"/></w:style>'
    body = (
        p("一、总体要求 1", '<w:pStyle w:val="T"/>')
        + "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:r><w:t>共</w:t></w:r>"
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>3</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        '<w:r><w:t>项</w:t><w:footnoteReference w:id="1"/><w:tab/><w:t>完</w:t><w:br/><w:t>下行</w:t>'
        '<w:br w:type="page"/><w:t>末</w:t></w:r></w:p>'
    )
    document = read_bytes(docx(body, styles=styles, footnotes="<w:p><w:r><w:t>脚注</w:t></w:r></w:p>"), "a.docx")
    assert texts(document) == ["共3项 完", "下行末"]


def test_text_boxes_controls_and_alternatives() -> None:
    box = "<w:txbxContent>" + p("框内") + "</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>正文</w:t><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>"
        + box
        + "</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>"
        + box
        + "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        "<w:sdt><w:sdtContent>" + p("控件内") + "</w:sdtContent></w:sdt>"
        "<w:p><w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink><w:smartTag><w:r><w:t>标记</w:t></w:r></w:smartTag></w:p>"
    )
    assert texts(read_bytes(docx(body), "a.docx")) == ["正文", "框内", "控件内", "链接标记"]


def test_frames_and_nested_tables() -> None:
    inner = tbl(tc("乙") + tc("丙"), tc("丁") + tc("戊"))
    body = tbl("<w:tc>" + p("框") + tbl(tc("序号") + tc("任务"), tc("1") + tc("甲")) + "</w:tc>")
    body += tbl(tc("序号") + tc("任务"), tc("1") + "<w:tc>" + p("甲") + inner + p("己") + "</w:tc>")
    document = read_bytes(docx(body), "a.docx")
    assert texts(document) == ["框"]
    assert tables(document) == [
        [["序号", "任务"], ["1", "甲"]],
        [["序号", "任务"], ["1", "甲\n乙 丙\n丁 戊\n己"]],
    ]


def test_numbers_of_lists_in_cells() -> None:
    body = tbl(tc("序号") + tc("任务"), "<w:tc>" + listed("") + "</w:tc>" + tc("甲"))
    cell = tbl(tc("序号") + tc("任务"), "<w:tc>" + listed("一季度") + "</w:tc>" + tc("甲"))
    assert tables(read_bytes(docx(cell, numbering=NUMBERING), "a.docx"))[0][1] == ["一、一季度", "甲"]
    assert tables(read_bytes(docx(body, numbering=NUMBERING), "a.docx"))[0][1] == ["一、", "甲"]


def test_the_strict_namespace() -> None:
    data = '<document xmlns="http://purl.oclc.org/ooxml/wordprocessingml/main"><body><p><r><t>甲</t></r></p></body></document>'
    assert texts(read_bytes(zipped({"word/document.xml": data}), "a.docx")) == ["甲"]


def test_a_docx_under_another_name() -> None:
    document = read_bytes(docx(p("甲")), "a.doc")
    assert (document.source_format, texts(document)) == ("docx", ["甲"])


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (zipped({"word/document.xml": "<w:document"}), "已损坏"),
        (zipped({"word/styles.xml": "<x/>", "_rels/.rels": "<x/>"}), "没有 docx 应有的正文"),
        (zipped({"a.txt": "x"}), "没有 docx 应有的正文"),
        (docx(p("甲"))[:-60], "不完整"),
        (docx(""), "没有文字"),
    ],
)
def test_what_is_no_word_file_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        read_bytes(data, "a.docx")


def test_entities_are_never_expanded() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY x "哈"><!ENTITY y "&x;&x;&x;">]><a>&y;</a>'
    for data in (bomb.encode(), bomb.encode("utf-16")):
        with pytest.raises(Unreadable, match="实体定义"):
            read_bytes(zipped({"word/document.xml": data}), "a.docx")


def test_deep_nesting_is_refused() -> None:
    for body in ("<w:ins>" * 300 + "</w:ins>" * 300, ("<w:tbl><w:tr><w:tc>" * 150) + ("</w:tc></w:tr></w:tbl>" * 150)):
        with pytest.raises(Unreadable):
            read_bytes(docx(p("甲") + body), "a.docx")
