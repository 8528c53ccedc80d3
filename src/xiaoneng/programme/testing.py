"""测试用的方案: a small made-up plan, as a reader would give it, and as a running programme."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from xiaoneng.foundation.actors import SYSTEM
from xiaoneng.kernel.documents import api as documents
from xiaoneng.kernel.organisation.testing import NOW, Office
from xiaoneng.programme.importing.identity import plan_key
from xiaoneng.programme.models import ImportDraft, Programme
from xiaoneng.programme.services import drafts, starting

PLAN_TEXT = "云溪市政府办公室提质增效工作方案（测试）"


def task_reading(number: int, task: str, **fields: Any) -> dict[str, Any]:
    """读出的一项任务, with everything else empty."""
    row: dict[str, Any] = {
        "number": number,
        "path": [],
        "action": "",
        "measure": "",
        "measure_number": 0,
        "task": task,
        "steps": "",
        "target": "",
        "text": task,
        "lead_units": [],
        "support_units": [],
        "joint": False,
        "others": False,
        "deadline": None,
        "deadline_text": None,
        "line": number * 10,
    }
    row |= fields
    row["units"] = list(dict.fromkeys([*row["lead_units"], *row["support_units"]]))
    return row


def plan_reading(**fields: Any) -> dict[str, Any]:
    """读出的方案: two actions, two measures, four tasks, a target, a cadence and two findings."""
    reading: dict[str, Any] = {
        "title": "云溪市政府办公室提质增效工作方案",
        "issuer": "云溪市人民政府办公室",
        "document_number": "云政办发〔2026〕7号",
        "issued_on": "2026-01-15",
        "recipients": [],
        "group": [],
        "sections": [],
        "measures": [
            {"number": 1, "action": "(一)依法办事行动", "title": "规范履职", "items": [], "line": 5},
            {"number": 2, "action": "(二)提速行动", "title": "畅通渠道", "items": [], "line": 6},
        ],
        "tasks": [
            task_reading(
                1,
                "公开年度重点事项清单",
                action="(一)依法办事行动",
                measure="1.规范履职",
                measure_number=1,
                target="公开率100%",
                lead_units=["政务公开和新闻联络处"],
                support_units=["综合一处"],
                deadline="2026-06-30",
                deadline_text="6月底前",
            ),
            task_reading(
                2,
                "按月开展督查",
                action="(一)依法办事行动",
                measure="1.规范履职",
                measure_number=1,
                steps="一月一通报，两月一高度",
                lead_units=["督查室"],
            ),
            task_reading(
                3,
                "建设网上办事大厅",
                action="(二)提速行动",
                measure="2.畅通渠道",
                measure_number=2,
                lead_units=["综合一处"],
                support_units=["综合二处"],
            ),
            task_reading(
                4,
                "精简各类证明材料",
                action="(二)提速行动",
                measure="2.畅通渠道",
                measure_number=2,
                lead_units=["各综合处"],
            ),
        ],
        "targets": [
            {
                "task": 1,
                "subject": "年度重点事项",
                "measure": "公开率",
                "operator": ">=",
                "value": 100,
                "unit": "%",
                "period": "",
                "text": "公开率100%",
            }
        ],
        "cadences": [{"task": 2, "text": "一月一通报", "rrule": "FREQ=MONTHLY"}],
        "slogans": [],
        "findings": [
            {
                "code": "near-miss",
                "severity": "warning",
                "line": 20,
                "excerpt": "一高度",
                "message": "“一高度”疑为“一调度”。",
                "suggestion": "一调度",
            },
            {
                "code": "no-target",
                "severity": "notice",
                "line": 40,
                "excerpt": "精简各类证明材料",
                "message": "这项任务没有可衡量的目标。",
                "suggestion": "",
            },
        ],
    }
    return reading | fields


def make_draft(
    reading: dict[str, Any] | None = None, *, text: str = PLAN_TEXT, person: Any = None, at: datetime = NOW
) -> ImportDraft:
    """导入稿 of a reading, as `receive` would leave it."""
    given = reading or plan_reading()
    stored = documents.store(content=text.encode(), filename="方案.txt", actor=SYSTEM, at=at)
    draft = ImportDraft(
        document=stored,
        digest=stored.sha256,
        filename=stored.filename,
        created_by=person,
        created_at=at,
        original=given,
        reading=given,
        lines=[{"line": n, "text": f"第 {n} 行", "level": 0} for n in (10, 20, 30, 40)],
    )
    same = drafts.running_like(stored.sha256, plan_key(given))
    if same is not None:
        drafts.as_revision(draft, same)
    draft.save()
    return draft


def start_programme(reading: dict[str, Any] | None = None, *, text: str = PLAN_TEXT, at: datetime = NOW) -> Programme:
    """运行中的方案, started by the system itself."""
    draft = make_draft(reading, text=text, at=at)
    return starting.start(draft.pk, version=draft.version, assume=True, actor=SYSTEM, at=at)


@pytest.fixture
def programme(office: Office) -> Programme:  # noqa: ARG001 - the units must stand first
    """运行中的测试方案 in the test office."""
    return start_programme()


__all__ = ["PLAN_TEXT", "make_draft", "plan_reading", "programme", "start_programme", "task_reading"]
