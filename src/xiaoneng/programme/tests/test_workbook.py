from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from xiaoneng.foundation.refusals import Refused
from xiaoneng.kernel.organisation.testing import NOW, Office
from xiaoneng.programme import workbook
from xiaoneng.programme.testing import plan_reading, start_programme, task_reading


@given(st.text(max_size=30))
def test_no_text_is_a_formula(text: str) -> None:
    made = workbook.neutral(text)
    assert made.lstrip()[:1] not in ("=", "+", "-", "@") or not made
    assert made[:1] not in ("\t", "\r")


def test_the_workbook_holds_every_task(office: Office) -> None:
    tasks = [task_reading(1, '=HYPERLINK("http://x")', lead_units=["综合一处"]), task_reading(2, "清理证明\x0b材料")]
    start_programme(plan_reading(tasks=tasks, targets=[], cadences=[]))
    sheet = load_workbook(io.BytesIO(workbook.export_tasks(at=NOW))).active
    assert sheet is not None
    rows = list(sheet.iter_rows(min_row=3, values_only=True))
    assert [row[:1] + row[3:4] for row in rows] == [(1, '\'=HYPERLINK("http://x")'), (2, "清理证明材料")]
    assert rows[0][7] == "综合一处"
    assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line)


def test_there_is_nothing_to_export(office: Office) -> None:
    with pytest.raises(Refused, match="还没有"):
        workbook.export_tasks(at=NOW)
    with pytest.raises(Refused, match="没有这个方案"):
        workbook.export_tasks(programme_id=5, at=NOW)
