from __future__ import annotations

import pytest

from xiaoneng.foundation.blocks import Document, Paragraph
from xiaoneng.programme.reading import read_plan

from .making import document, table

BODY = ("为做好供水工作，制定本方案。", "一、任务", "更新管网。（市水务局负责）")


def test_a_notice_with_everything() -> None:
    plan = read_plan(
        document(
            "某市人民政府办公室关于印发某市",
            "供水改造方案的通知",
            "某政办发〔2022〕8号",
            "各区人民政府，市政府各部门：",
            "《某市供水改造方案》已经市政府同意，现印发给你们。",
            "某市人民政府办公室",
            "2022年5月6日",
            "某市供水改造方案",
            *BODY,
        )
    )
    assert plan.title == "某市人民政府办公室关于印发某市供水改造方案的通知"
    assert plan.issuer == "某市人民政府办公室"
    assert plan.document_number == "某政办发〔2022〕8号"
    assert plan.issued_on == "2022-05-06"
    assert plan.recipients == ("各区人民政府", "市政府各部门")


def test_without_a_title_of_its_own_the_annexed_plan_gives_it() -> None:
    plan = read_plan(
        document(
            "各区人民政府：", "现将有关措施印发给你们。", "某省水利厅", "2022年5月6日", "支持供水的若干措施", *BODY
        )
    )
    assert plan.title == "支持供水的若干措施"
    assert plan.issuer == "某省水利厅"
    assert plan.document_number == ""


def test_a_number_cited_in_the_text_is_not_the_document_s_own() -> None:
    plan = read_plan(document("供水改造方案", "根据《通知》（某政发〔2020〕1号）要求，制定本方案。", *BODY[1:]))
    assert plan.document_number == ""


def test_several_offices_sign() -> None:
    plan = read_plan(document("关于做好供水工作的通知", *BODY, "某市水务局　　某市财政局", "二〇二二年五月六日"))
    assert plan.issuer == "某市水务局、某市财政局"
    assert plan.issued_on == "2022-05-06"


def test_where_nobody_signs_the_title_names_the_office() -> None:
    plan = read_plan(document("某市水务局关于做好供水工作的通知", *BODY))
    assert (plan.issuer, plan.issued_on) == ("某市水务局", "")


def test_three_title_lines() -> None:
    plan = read_plan(
        document("某市人民政府关于全面推行", "公示制度记录制度", "审核制度的意见", "某政发〔2022〕3号", *BODY)
    )
    assert plan.title == "某市人民政府关于全面推行公示制度记录制度审核制度的意见"


def test_the_portal_speaks_only_where_the_text_is_silent() -> None:
    chrome = ("发布机构：某市信息中心", "成文日期：2022年5月6日", "文号：某政办发〔2022〕8号")
    silent = read_plan(document("供水改造方案", *chrome, *BODY))
    assert (silent.issuer, silent.issued_on, silent.document_number) == (
        "某市信息中心",
        "2022-05-06",
        "某政办发〔2022〕8号",
    )
    signed = read_plan(document("供水改造方案", *chrome, *BODY, "某市水务局", "2022年6月1日"))
    assert (signed.issuer, signed.issued_on) == ("某市水务局", "2022-06-01")


def test_the_table_of_facts_above_a_page() -> None:
    facts = table(
        [["发文机关", "某市水务局", "发文字号", "某水发〔2022〕3号"], ["成文日期", "2022年5月6日", "主题", "水利"]]
    )
    plan = read_plan(Document((facts, *(Paragraph(t, i) for i, t in enumerate(("供水改造方案", *BODY), 5))), "html"))
    assert (plan.issuer, plan.document_number, plan.issued_on) == ("某市水务局", "某水发〔2022〕3号", "2022-05-06")
    assert len(plan.tasks) == 1


def test_the_name_of_the_attached_file_gives_title_and_number_where_nothing_else_does() -> None:
    name = "某政办发〔2022〕8号某市人民政府办公室关于印发供水改造办法的通知.doc"
    plan = read_plan(
        document("各区人民政府：", "更新管网。（市水务局负责）", "某市人民政府办公室", "2022年5月6日", name)
    )
    assert plan.title == "某市人民政府办公室关于印发供水改造办法的通知"
    assert plan.document_number == "某政办发〔2022〕8号"


@pytest.mark.parametrize("year", ["2023", "2024"])
def test_the_year_in_the_title_is_the_year_of_its_deadlines(year: str) -> None:
    plan = read_plan(
        document(f"某市{year}年供水方案", "更新管网，年底前完成。（市水务局负责）", "某市水务局", "2022年12月20日")
    )
    assert plan.tasks[0].deadline == f"{year}-12-31"
    assert plan.issued_on == "2022-12-20"
