"""The organisation as a workbook: all or nothing, again and again, whatever is in the file."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from xiaoneng.foundation.actors import SYSTEM
from xiaoneng.foundation.refusals import Conflict, Refused, Unreadable
from xiaoneng.kernel.ledger.api import Event
from xiaoneng.kernel.organisation import api as organisation
from xiaoneng.kernel.organisation.api import Role
from xiaoneng.kernel.organisation.models import (
    Appointment,
    OrganisationImport,
    Partners,
    Post,
    RoleGrant,
    Unit,
    User,
)
from xiaoneng.kernel.organisation.services import authority, people, units
from xiaoneng.kernel.organisation.testing import NOW, SINCE, Office
from xiaoneng.kernel.organisation.workbook import applying, reading, writing

SHEETS: dict[str, list[list[Any]]] = {
    "机构": [
        ["名称*", "类别", "上级机构", "排序", "设立日期", "别名"],
        ["数据科", "科室", "数据处", 1, "2026-01-05", None],
        ["数据处", "处室", "云溪市人民政府办公室", 20, "2026-01-05", "大数据处、数据资源处"],
    ],
    "岗位": [["机构*", "岗位*", "独任", "职责"], ["数据处", "处长", "是", "主持全处工作"]],
    "人员": [
        ["用户名*", "姓名*", "电子邮箱", "机构", "岗位", "角色", "主要任职", "任职日期"],
        ["wu", "吴处长", None, "大数据处", "处长", "处室负责人", "是", "2026-02-01"],
        ["zheng", "郑科员", "zheng@example.org", "数据处", None, None, None, None],
    ],
    "角色": [
        ["用户名*", "角色*", "范围", "生效日期", "失效日期", "理由"],
        ["wu", "督查", "数据处", None, "2027-01-01", "兼管督查"],
    ],
    "AB角": [["机构*", "A角*", "B角*", "负责事项"], ["数据处", "wu", "zheng", "全部"]],
}


def book(sheets: dict[str, list[list[Any]]]) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.active)  # type: ignore[arg-type]
    for title, lines in sheets.items():
        sheet = made.create_sheet(title)
        for line in lines:
            sheet.append(line)
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def stored(office: Office, content: bytes) -> OrganisationImport:
    rows, problems = reading.read(content)
    assert problems == []
    return OrganisationImport.objects.create(
        sha256="0" * 64, filename="机构.xlsx", rows=rows, uploaded_by=office.admin, uploaded_at=NOW
    )


def counts() -> tuple[int, ...]:
    tables = (Unit, Post, User, Appointment, RoleGrant, Partners, Event)
    return tuple(table.objects.count() for table in tables)


def apply(office: Office, content: bytes) -> applying.Outcome:
    kept = stored(office, content)
    seen = applying.preview(kept, actor=SYSTEM, at=NOW)
    assert seen.problems == []
    return applying.apply(kept, digest=seen.digest, actor=SYSTEM, at=NOW)


def test_a_preview_changes_nothing_and_one_press_does_it_all(office: Office) -> None:
    kept, before = stored(office, book(SHEETS)), counts()
    seen = applying.preview(kept, actor=SYSTEM, at=NOW)
    assert counts() == before
    assert (seen.created, seen.changed, seen.problems) == (11, 0, [])
    applying.apply(kept, digest=seen.digest, actor=SYSTEM, at=NOW)
    unit = organisation.unit_by_name("大数据处", NOW)
    assert unit is not None
    assert [child.name for child in unit.children.all()] == ["数据科"]
    head = User.objects.get(username="wu")
    assert organisation.has_role(head, Role.HEAD, unit=unit, at=NOW)
    assert organisation.has_role(head, Role.SUPERVISION, unit=unit, at=NOW)
    assert not head.has_usable_password()
    assert Partners.objects.get(unit=unit).b.username == "zheng"
    assert Event.objects.order_by("id").last().entry["payload"]["created"] == 11  # type: ignore[union-attr]


def test_importing_again_changes_nothing_and_a_changed_file_updates(office: Office) -> None:
    apply(office, book(SHEETS))
    before = counts()
    again = apply(office, book(SHEETS))
    assert (again.created, again.changed) == (0, 0)
    assert counts()[:-1] == before[:-1], "never duplicates"
    people_sheet = [SHEETS["人员"][0], ["zheng", "郑主任", None, "综合一处", None, "处室负责人", "是", None]]
    outcome = apply(office, book({"人员": people_sheet, "机构": [SHEETS["机构"][0], ["数据科", "科室", "监察室"]]}))
    assert [change[2] for change in outcome.changes] == ["更新", "更新", "更新"]
    moved = User.objects.get(username="zheng")
    assert (moved.name, moved.email) == ("郑主任", "zheng@example.org")
    assert list(organisation.units_served(moved, NOW)) == [office.units["综合一处"]]
    assert Unit.objects.get(name="数据科").parent == office.units["监察室"]
    assert User.objects.filter(username="zheng").count() == 1


def test_what_is_exported_can_be_imported_and_changes_nothing(office: Office) -> None:
    apply(office, book(SHEETS))
    outcome = apply(office, writing.organisation(NOW))
    assert (outcome.created, outcome.changed) == (0, 0), outcome.changes


def test_a_template_is_an_empty_import() -> None:
    with pytest.raises(Unreadable, match="没有内容"):
        reading.read(writing.template())


def test_one_wrong_row_and_nothing_is_imported(office: Office) -> None:
    wrong = {
        **SHEETS,
        "人员": [
            *SHEETS["人员"],
            ["bad name", "某", None, None],
            ["tan", "谭某", None, "不存在处", None, "处长"],
            ["qin", "秦某", None, "数据处", "处长"],
            ["li", "李处长", None, None, None, None, "也许"],
            ["he", "何某", None, "数据处", None, "系统管理员"],
            ["he", "何某", None, "数据处", None, None, None, "明天"],
            ["she", "佘某", None, None, "处长"],
        ],
        "角色": [*SHEETS["角色"], [office.admin.username, "领导"], ["nobody", "领导"], ["wu", "处长"]],
        "机构": [
            *SHEETS["机构"],
            ["各处室"],
            ["甲处", None, "乙处"],
            ["乙处", None, "甲处"],
            ["丙处", "衙门"],
            ["丁处", None, None, -1],
        ],
    }
    kept, before = stored(office, book(wrong)), counts()
    seen = applying.preview(kept, actor=SYSTEM, at=NOW)
    told = {(problem["sheet"], problem["row"]): problem["message"] for problem in seen.problems}
    assert "用户名由小写字母" in told["人员", 4]
    assert "没有找到机构“不存在处”" in told["人员", 5]
    assert "独任岗位" in told["人员", 6]
    assert "不能带来系统管理员" in told["人员", 8]
    assert "不是日期" in told["人员", 9]
    assert "没有填写机构" in told["人员", 10]
    assert "不能给自己授予角色" in told["角色", 3]
    assert "没有找到用户名" in told["角色", 4]
    assert "不在可选范围内：系统管理员、领导" in told["角色", 5]
    assert "统称" in told["机构", 4]
    assert "循环" in told["机构", 5]
    assert "不在可选范围内" in told["机构", 7]
    assert "0 到 9999" in told["机构", 8]
    with pytest.raises(Refused, match="没有导入任何内容"):
        applying.apply(kept, digest=seen.digest, actor=SYSTEM, at=NOW)
    assert counts() == before


def test_twice_or_after_a_change_one_is_told(office: Office) -> None:
    kept = stored(office, book(SHEETS))
    seen = applying.preview(kept, actor=SYSTEM, at=NOW)
    units.create_unit(name="数据处", parent=office.root, kind="division", valid_from=SINCE, actor=SYSTEM, at=NOW)
    with pytest.raises(Conflict, match="有了变动"):
        applying.apply(kept, digest=seen.digest, actor=SYSTEM, at=NOW)
    seen = applying.preview(kept, actor=SYSTEM, at=NOW)
    applying.apply(kept, digest=seen.digest, actor=SYSTEM, at=NOW)
    with pytest.raises(Conflict, match="已经导入过"):
        applying.apply(kept, digest=seen.digest, actor=SYSTEM, at=NOW)


def test_formulas_errors_and_strange_columns_are_told_by_row() -> None:
    lines: list[list[Any]] = [
        ["用户名*", "姓名*", "工资"],
        ["=CMD()", "某", None],
        ["a", "=1+1", None],
        ["b", None, None],
        [None, None, None],
        ["c", "长" * 2001, None],
        ["d", "#REF!", None],
    ]
    made = openpyxl.load_workbook(io.BytesIO(book({"人员": lines, "乱写": [["x"]]})))
    made["人员"]["B7"].data_type = "e"
    content = io.BytesIO()
    made.save(content)
    rows, problems = reading.read(content.getvalue())
    assert rows["人员"] == []
    assert {(problem["sheet"], problem["row"]) for problem in problems} == {
        ("人员", 1),
        ("人员", 2),
        ("人员", 3),
        ("人员", 4),
        ("人员", 6),
        ("人员", 7),
        ("乱写", 0),
    }
    assert any("含有公式" in problem["message"] for problem in problems)


def _zip(parts: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return content.getvalue()


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "' + b"ha" * 500 + b'">]><x>&a;</x>'


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "空的"),
        (b"x" * (5 * 1024 * 1024 + 1), "5 MB"),
        (b"not a workbook", "不是可以读取的"),
        (_zip({"a.txt": b"hello"}), "不是可以读取的"),
        (_zip({"big.bin": b"\0" * (61 * 1024 * 1024)}), "过大"),
        (_zip({f"{n}.txt": b"" for n in range(501)}), "过大"),
        (_zip({"xl/workbook.xml": LAUGHS}), "文档类型声明"),
        (book(SHEETS)[:900], "不是可以读取的"),
        (book({"机构": [["名称"], *[["处"]] * 5001]}), "超过 5000 行"),
        (book({"机构": [["名称"]]}), "没有内容"),
    ],
)
def test_files_that_are_no_workbook_are_refused(content: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason) as refusal:
        reading.read(content)
    assert refusal.value.remedy


@given(st.binary(max_size=400))
def test_any_bytes_are_refused_in_words(content: bytes) -> None:
    with pytest.raises(Unreadable):
        reading.read(content)


def test_what_looks_like_a_formula_leaves_as_text(office: Office) -> None:
    name = '=HYPERLINK("http://example.org")'
    person = people.add_person(username="evil", name=name, email="", actor=SYSTEM, at=NOW)
    units.create_post(office.root, name="@SUM(A1)", duties="+1\x07", actor=SYSTEM, at=NOW)
    opened = openpyxl.load_workbook(io.BytesIO(writing.organisation(NOW)))
    cells = [cell for sheet in opened.worksheets for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    (marked,) = [cell for cell in cells if cell.value == person.name]
    assert marked.data_type == "s"
    assert marked.quotePrefix


def test_through_the_pages(office: Office) -> None:
    client = office.client(office.admin)

    def upload(content: bytes) -> Any:
        return client.post("/organisation/import/", {"file": SimpleUploadedFile("../机构.xlsx", content)})

    assert upload(b"nonsense").status_code == 422
    wrong = upload(book({"人员": [["用户名"], ["a"]]}))
    assert (wrong.status_code, "缺少“姓名”一列" in wrong.content.decode()) == (422, True)
    assert not OrganisationImport.objects.exists()
    page = upload(book(SHEETS)).headers["Location"]
    shown = client.get(page).content.decode()
    assert "新增 11 项" in shown
    assert "AB 角 数据处：吴处长／郑科员" in shown
    kept = OrganisationImport.objects.get()
    stranger = people.add_person(username="other", name="另一管理员", actor=SYSTEM, at=NOW)
    authority.grant(stranger, role=Role.ADMIN, actor=SYSTEM, at=NOW)
    assert office.client(stranger).get(page).status_code == 404
    stale = client.post(f"{page}apply", {"digest": "x"})
    assert stale.status_code == 409
    digest = applying.preview(kept, actor=SYSTEM, at=timezone.now()).digest
    done = client.post(f"{page}apply", {"digest": digest}, follow=True)
    assert "机构表已导入" in done.content.decode()
    assert client.post(f"{page}apply", {"digest": digest}).status_code == 409
    assert "已于" in client.get(page).content.decode()


def test_a_preview_inside_a_transaction_leaves_it_usable(office: Office) -> None:
    with transaction.atomic():
        applying.preview(stored(office, book(SHEETS)), actor=SYSTEM, at=NOW)
        assert OrganisationImport.objects.count() == 1
