"""计划看板: action → measure → task, filtered by address; the same filter feeds the workbook and the print."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from xiaoneng.desk import charts, queries
from xiaoneng.desk.forms import BoardForm
from xiaoneng.foundation.refusals import Refused
from xiaoneng.kernel.organisation import api as organisation
from xiaoneng.programme import api as programmes
from xiaoneng.programme.api import Filters, Programme
from xiaoneng.ui import api as ui

MOST_PRINTED = 2000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Asked:
    """所问: the programme and the filter that an address asks for."""

    programme: Programme | None
    form: BoardForm
    filters: Filters | None

    @property
    def scope(self) -> str:
        """范围的说法."""
        return "；".join(self.form.words) if self.filters is not None and self.form.words else "全部任务"


def asked(request: HttpRequest, at: datetime) -> Asked:
    programme, found = queries.current(request.user, request.GET.get("programme"), at)
    form = BoardForm(
        request.GET, programmes=found, actions=queries.actions(programme), units=queries.units(at) if programme else []
    )
    return Asked(programme, form, form.filters if form.is_valid() else None)


@organisation.signed_in
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """看板 page; for htmx the tree alone. A filter that cannot be understood is answered with 400 and its reason."""
    at = timezone.now()
    question = asked(request, at)
    context: dict[str, Any] = {
        "form": question.form,
        "programme": question.programme,
        "today": timezone.localdate(at),
        "filtered": bool(question.filters and question.form.words),
        "scope": question.scope,
        "first": _after(request) == 0,
    }
    if question.programme is not None:
        context["figures"] = charts.figures(
            programmes.counts(request.user, question.programme, at=at), question.programme
        )
        if question.filters is not None:
            context["board"] = programmes.board_tree(
                request.user, question.programme, question.filters, after=_after(request), at=at
            )
    partial = getattr(request, "htmx", None) and request.htmx.target == "board"  # type: ignore[attr-defined]
    template = "desk/board_tree.html" if partial else "desk/board.html"
    return render(request, template, context, status=400 if question.filters is None else 200)


def _after(request: HttpRequest) -> int:
    """The cursor, zero for anything that is not one."""
    text = request.GET.get("after", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


@organisation.signed_in
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """任务表: what is filtered as an Excel workbook."""
    at = timezone.now()
    question = asked(request, at)
    if question.programme is None or question.filters is None:
        return ui.refused(request, _unclear(question), status=400)
    rows = programmes.task_rows(request.user, question.programme, question.filters, at=at)
    answer = HttpResponse(programmes.task_workbook(question.programme, rows, at=at), content_type=XLSX)
    name = quote(f"任务表-{timezone.localdate(at):%Y%m%d}.xlsx")
    answer["Content-Disposition"] = f"attachment; filename=\"tasks.xlsx\"; filename*=UTF-8''{name}"
    return answer


@organisation.signed_in
@require_safe
def printed(request: HttpRequest) -> HttpResponse:
    """打印: all that is filtered on one plain page."""
    at = timezone.now()
    question = asked(request, at)
    if question.programme is None or question.filters is None:
        return ui.refused(request, _unclear(question), status=400)
    rows = programmes.task_rows(request.user, question.programme, question.filters, at=at)
    tasks = list(islice(rows, MOST_PRINTED + 1))
    context = {
        "programme": question.programme,
        "tasks": tasks[:MOST_PRINTED],
        "more": len(tasks) > MOST_PRINTED,
        "most": MOST_PRINTED,
        "scope": question.scope,
        "today": timezone.localdate(at),
    }
    return render(request, "desk/print.html", context)


def _unclear(question: Asked) -> Refused:
    if question.programme is None:
        return Refused("还没有可以导出的方案。", remedy="请先导入方案。")
    reasons = "".join(str(error) for errors in question.form.errors.values() for error in errors)
    return Refused(f"筛选条件有误：{reasons}", remedy="请回到看板改正筛选条件。")
