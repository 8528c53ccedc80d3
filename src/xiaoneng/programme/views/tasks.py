"""任务页 and its verbs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from xiaoneng.foundation.refusals import Answer, Refused
from xiaoneng.kernel.organisation import api as organisation
from xiaoneng.programme import policies, presentation
from xiaoneng.programme.domain import OPERATORS, PERIODS, STEPS
from xiaoneng.programme.queries import Detail, task_detail
from xiaoneng.programme.queries.detail import handlers_for
from xiaoneng.programme.services import work
from xiaoneng.programme.views.common import optional_day, perform, rows_of, staff, uploaded, whole
from xiaoneng.ui import api as ui


def _detail(request: HttpRequest, pk: int) -> Detail:
    found = task_detail(request.user, pk, at=timezone.now())
    if found is None:
        raise Http404
    return found


@staff
@require_GET
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """任务: what is to be done, how far it is, and who did what when."""
    detail = _detail(request, pk)
    at = timezone.now()
    context = {
        "detail": detail,
        "task": detail.task,
        "lamp": presentation.lamp(detail.task),
        "history": presentation.history_of(detail) if detail.details else [],
        "updates": presentation.notes(detail.updates, detail.names),
        "comments": presentation.notes(detail.comments, detail.names),
        "evidence": presentation.notes(detail.evidence, detail.names),
        "target_rows": [*detail.targets, {"operator": "text"}],
        "handlers": handlers_for(detail, at) if detail.may_assign else [],
        "operators": OPERATORS,
        "periods": PERIODS,
        "today": timezone.localdate(at),
    }
    return render(request, "programme/task.html", context)


def _act(
    request: HttpRequest,
    pk: int,
    allowed: Callable[[Detail], Answer],
    act: Callable[[dict[str, Any]], Any],
    *,
    done: str,
    anchor: str = "",
) -> HttpResponse:
    """One verb: 404 for a task out of sight, 403 with the reason for who may not, 422 for what cannot be taken."""
    answer = allowed(_detail(request, pk))
    if not answer:
        return ui.refused(request, Refused(answer.reason, basis=answer.basis), status=403)
    by = {"actor": organisation.actor_of(request.user), "at": timezone.now()}
    return perform(request, lambda: act(by), done=done, to=f"{reverse('programme:task', args=[pk])}{anchor}")


@staff
@require_POST
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """报进展."""

    def act(by: dict[str, Any]) -> Any:
        percent = whole(request.POST.get("percent"), "完成百分比", most=100)
        return work.report_progress(pk, percent=percent, text=request.POST.get("text", ""), **by)

    return _act(request, pk, lambda detail: detail.may_work, act, done="进展已填报。", anchor="#updates")


@staff
@require_POST
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """留言."""
    return _act(
        request,
        pk,
        lambda detail: detail.may_comment,
        lambda by: work.comment(pk, text=request.POST.get("text", ""), **by),
        done="留言已发表。",
        anchor="#comments",
    )


@staff
@require_POST
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """提交佐证材料."""

    def act(by: dict[str, Any]) -> Any:
        file, name = uploaded(request)
        return work.add_evidence(pk, content=file, filename=name, title=request.POST.get("title", ""), **by)

    return _act(request, pk, lambda detail: detail.may_work, act, done="佐证材料已提交。", anchor="#evidence")


@staff
@require_POST
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """状态变更."""
    wanted = STEPS.get(request.POST.get("step", ""))
    if wanted is None:
        return ui.refused(request, Refused("没有这种状态变更。"), status=422)

    def allowed(detail: Detail) -> Answer:
        # A step that somebody else has just taken is a conflict, told by the service; here only who asks counts.
        return policies.may_ever_take(wanted, detail.relations)

    return _act(
        request,
        pk,
        allowed,
        lambda by: work.take_step(pk, step=wanted.name, reason=request.POST.get("reason", ""), **by),
        done=f"已{wanted.label}。",
    )


@staff
@require_POST
def handler(request: HttpRequest, pk: int) -> HttpResponse:
    """指定承办人."""

    def act(by: dict[str, Any]) -> Any:
        chosen = request.POST.get("person", "")
        return work.assign_handler(pk, person_id=whole(chosen, "承办人") if chosen else None, **by)

    return _act(request, pk, lambda detail: detail.may_assign, act, done="承办人已更新。")


@staff
@require_POST
def targets(request: HttpRequest, pk: int) -> HttpResponse:
    """修改量化目标."""
    return _act(
        request,
        pk,
        lambda detail: detail.may_edit,
        lambda by: work.set_targets(pk, rows=rows_of(request), **by),
        done="量化目标已更新。",
        anchor="#targets",
    )


@staff
@require_POST
def deadline(request: HttpRequest, pk: int) -> HttpResponse:
    """修改完成时限."""

    def act(by: dict[str, Any]) -> Any:
        return work.set_deadline(pk, deadline=optional_day(request.POST.get("deadline"), "完成时限"), **by)

    return _act(request, pk, lambda detail: detail.may_edit, act, done="完成时限已更新。")
