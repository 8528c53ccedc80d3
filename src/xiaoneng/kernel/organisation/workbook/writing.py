"""写机构表: the empty template and the present organisation, both ready to be imported again."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from xiaoneng.kernel.organisation.models import Appointment, Kind, Partners, Post, Role, RoleGrant, Unit, User
from xiaoneng.kernel.organisation.models.dated import day_of, holds_on
from xiaoneng.kernel.organisation.workbook.columns import GUIDE, PARTNERS, PEOPLE, POSTS, ROLES, SHEETS, UNITS

_FORMULA = re.compile(r"^[=+\-@\t\r]")


def template() -> bytes:
    """机构表模板: headings and a sheet that says how to fill them."""
    return _book({})


def organisation(at: datetime) -> bytes:
    """现有机构: units, posts, people, roles and partners in force at `at`."""
    day = day_of(at)
    units = Unit.objects.filter(holds_on(day)).select_related("parent").prefetch_related("aliases")
    posts = Post.objects.filter(holds_on(day)).select_related("unit")
    grants = RoleGrant.objects.filter(holds_on(day)).select_related("person", "unit")
    pairs = Partners.objects.filter(holds_on(day)).select_related("unit", "a", "b")
    return _book(
        {
            UNITS: [
                (
                    u.name,
                    Kind(u.kind).label,
                    u.parent,
                    u.order,
                    u.valid_from,
                    "、".join(a.name for a in u.aliases.all()),
                )
                for u in units
            ],
            POSTS: [(post.unit, post.name, "是" if post.single else "否", post.duties) for post in posts],
            PEOPLE: list(_people(at)),
            ROLES: [
                (g.person.username, Role(g.role).label, g.unit, g.valid_from, g.valid_until, g.reason) for g in grants
            ],
            PARTNERS: [(pair.unit, pair.a.username, pair.b.username, pair.matters) for pair in pairs],
        }
    )


def _people(at: datetime) -> Iterable[Sequence[object]]:
    serving: dict[int, list[Appointment]] = {}
    current = Appointment.objects.filter(holds_on(day_of(at))).select_related("unit", "post")
    for appointment in current.order_by("-primary", "id"):
        serving.setdefault(appointment.person_id, []).append(appointment)
    for person in User.objects.filter(is_active=True).order_by("username"):
        who = (person.username, person.name, person.email)
        for a in serving.get(person.pk, []):
            yield (*who, a.unit, a.post, Role(a.role).label, "是" if a.primary else "否", a.valid_from)
        if person.pk not in serving:
            yield who


def _book(rows: dict[str, Sequence[Sequence[object]]]) -> bytes:
    book = Workbook()
    guide = book.active
    assert guide is not None
    guide.title = GUIDE
    for line in (("工作表", "列", "必填", "填写方法"), *_guide()):
        guide.append(line)
    for title, columns in SHEETS.items():
        sheet = book.create_sheet(title)
        sheet.append([column.heading + ("*" if column.required else "") for column in columns])
        sheet.freeze_panes = "A2"
        for row_number, values in enumerate(rows.get(title, ()), start=2):
            for column_number, value in enumerate(values, start=1):
                _write(sheet, row_number, column_number, value)
    for sheet in book.worksheets:
        for number, cell in enumerate(sheet[1], start=1):
            cell.font = Font(bold=True)
            sheet.column_dimensions[get_column_letter(number)].width = 22
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _guide() -> Iterable[tuple[str, str, str, str]]:
    for title, columns in SHEETS.items():
        for column in columns:
            yield title, column.heading, "是" if column.required else "", column.hint


def _write(sheet: object, row: int, column: int, value: object) -> None:
    """One cell; text that a spreadsheet would take for a formula is written as text and marked so."""
    if value is None or value == "":
        return
    cell = sheet.cell(row, column)  # type: ignore[attr-defined]
    if isinstance(value, int):
        cell.value = value
        return
    text = ILLEGAL_CHARACTERS_RE.sub("", str(value))
    cell.value = text
    cell.data_type = "s"
    if _FORMULA.match(text):
        cell.quotePrefix = True
