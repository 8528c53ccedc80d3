"""Stories: what people of the office do with the browser, from the file to the finished task."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.e2e.conftest import WIDTHS, Visit
from xiaoneng.kernel.organisation.testing import PASSWORD, Office
from xiaoneng.programme.api import Programme, Task

PLAN = """云溪市人民政府办公室关于提升服务水平的工作方案
云政办发〔2026〕11号

一、规范办事行动

（一）公开办事指南。6月底前公布全部办事指南，公开率100%。（牵头单位：综合一处；配合单位：政务公开和新闻联络处）

（二）压缩办理时间。一般事项办理不超过5个工作日。（牵头单位：综合二处）

二、督查落实行动

（三）开展经常督查。半月一督查，一月一通报。（牵头单位：督查室）

云溪市人民政府办公室
2026年2月10日
"""


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_signing_in_and_out(people: Office, visit: Visit) -> None:
    page = visit(None, "/board/")
    page.get_by_label("用户名").fill("zhang")
    page.locator("input[type=password]").fill("wrong-password-1")
    press(page, "登录")
    expect(page.locator("body")).to_contain_text(re.compile("不正确|错误|不匹配"))
    page.get_by_label("用户名").fill("zhang")
    page.locator("input[type=password]").fill(PASSWORD)
    press(page, "登录")
    expect(page).to_have_url(re.compile("/board/$"))
    page.locator("summary").filter(has_text="张承办").click()
    press(page, "退出登录")
    page.goto(page.url.split("/accounts")[0].rstrip("/") + "/board/")
    expect(page).to_have_url(re.compile("/accounts/login/"))


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without scripts"])
def test_a_plan_becomes_a_running_programme(people: Office, visit: Visit, script: bool) -> None:
    page = visit(people.supervisor, "/", script=script)
    page.get_by_role("link", name="上传方案").click()
    file = {"name": "方案.txt", "mimeType": "text/plain", "buffer": PLAN.encode()}
    page.get_by_label("方案文件").set_input_files(files=[file])  # type: ignore[list-item]
    press(page, "上传并读取")
    expect(page.get_by_role("heading", level=1)).to_contain_text("提升服务水平")
    press(page, "启动方案")
    programme = Programme.objects.get()
    assert programme.tasks.count() >= 3
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="计划看板").click()
    expect(page.locator("#board")).to_contain_text("办事指南")
    expect(page.locator("#board")).to_contain_text("督查")
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="年度日历").click()
    expect(page.locator("table")).to_contain_text("一月一通报")


def test_a_task_is_started_reported_and_proposed(people: Office, programme: Programme, visit: Visit) -> None:
    page = visit(people.handler, "/board/")
    page.get_by_role("link", name="建设网上办事大厅").click()
    press(page, "开始办理")
    expect(page.locator("main")).to_contain_text("进行中")
    page.get_by_label("完成百分比").fill("60")
    page.get_by_label("进展情况").fill("已完成页面设计。")
    press(page, "填报进展")
    expect(page.locator("#updates")).to_contain_text("已完成页面设计。")
    file = {"name": "证明.txt", "mimeType": "text/plain", "buffer": "完成情况".encode()}
    page.locator("#evidence-file").set_input_files(files=[file])  # type: ignore[list-item]
    press(page, "提交材料")
    expect(page.locator("#evidence")).to_contain_text("证明")
    press(page, "申请办结")
    assert programme.tasks.get(number=3).state == Task.State.PROPOSED
    head = visit(people.reviewer, "/")
    head.get_by_role("region", name="待您核验").get_by_role("link", name="建设网上办事大厅").click()
    press(head, "确认办结")
    assert programme.tasks.get(number=3).state == Task.State.DONE


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without scripts"])
def test_the_board_is_filtered_and_the_filter_is_an_address(
    people: Office, programme: Programme, visit: Visit, script: bool
) -> None:
    page = visit(people.leader, "/board/", script=script)
    page.get_by_label("责任单位").select_option("督查室")
    if not script:
        press(page, "筛选")
    expect(page.locator("#board")).not_to_contain_text("网上办事大厅")
    expect(page.locator("#board")).to_contain_text("按月开展督查")
    expect(page).to_have_url(re.compile(rf"unit={people.units['督查室'].pk}"))
    page.reload()
    expect(page.locator("#board")).not_to_contain_text("网上办事大厅")
    page.get_by_role("link", name="打印").click()
    expect(page.locator("table")).to_contain_text("按月开展督查")
    expect(page.locator("table")).not_to_contain_text("网上办事大厅")


def test_the_workbook_of_the_board_is_downloaded(people: Office, programme: Programme, visit: Visit) -> None:
    page = visit(people.leader, "/board/?due=undated")
    with page.expect_download() as download:
        page.get_by_role("link", name="导出 Excel").click()
    assert download.value.suggested_filename.endswith(".xlsx")


@pytest.mark.parametrize("word", ["证明", "督", "大厅"])
def test_a_word_of_one_or_two_characters_is_found(
    people: Office, programme: Programme, visit: Visit, word: str
) -> None:
    page = visit(people.outsider, "/")
    page.get_by_role("searchbox", name="检索任务与文件").fill(word)
    page.keyboard.press("Enter")
    expect(page.get_by_role("list", name="检索结果").locator("mark").first).to_have_text(word)
    page.get_by_role("list", name="检索结果").get_by_role("link").first.click()
    expect(page).to_have_url(re.compile("/programme/"))


def test_the_calendar_is_subscribed_and_ended(people: Office, programme: Programme, visit: Visit) -> None:
    page = visit(people.leader, "/calendar/")
    page.get_by_label("范围").select_option("全部单位")
    press(page, "生成订阅地址")
    address = page.get_by_label("订阅地址").input_value()
    assert "BEGIN:VEVENT" in page.request.get(address).text()
    press(page, "停用")
    assert page.request.get(address).status == 404


def test_the_print_view_has_the_tasks_and_nothing_to_press(people: Office, programme: Programme, visit: Visit) -> None:
    page = visit(people.leader, "/board/")
    page.emulate_media(media="print")
    expect(page.locator(".side")).to_be_hidden()
    expect(page.locator(".filters")).to_be_hidden()
    expect(page.locator(".print-header")).to_be_visible()
    expect(page.get_by_text("按月开展督查")).to_be_visible()


def test_the_keyboard_alone_is_enough(people: Office, programme: Programme, visit: Visit) -> None:
    page = visit(people.leader, "/board/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="跳到正文")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("main :focus")).to_have_count(1)
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    for _ in range(60):
        if page.evaluate("document.activeElement.textContent").strip() == "按月开展督查":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("按月开展督查")


def test_the_menu_opens_and_closes_on_a_phone(people: Office, programme: Programme, visit: Visit) -> None:
    page = visit(people.leader, "/", size=WIDTHS["phone"])
    menu = page.locator("details.top-menu")
    menu.locator("summary").click()
    expect(menu.get_by_role("link", name="计划看板")).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu.get_by_role("link", name="计划看板")).to_be_hidden()
    menu.locator("summary").click()
    menu.get_by_role("link", name="计划看板").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("计划看板")


def test_what_presses_is_said_in_words_too(people: Office, programme: Programme, visit: Visit) -> None:
    today = timezone.localdate()
    programme.tasks.filter(number=1).update(deadline=today - timedelta(days=3))
    programme.tasks.filter(number=2).update(deadline=today + timedelta(days=400))
    page = visit(people.leader, "/board/")
    expect(page.locator(".light-red")).to_contain_text("逾期 3 天")
