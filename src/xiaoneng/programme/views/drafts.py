"""导入: upload, look over, correct, start."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xiaoneng.kernel.organisation import api as organisation
from xiaoneng.programme.domain import OPERATORS, PERIODS
from xiaoneng.programme.importing.edits import decision_of, unit_names
from xiaoneng.programme.importing.identity import plan_key
from xiaoneng.programme.models import ImportDraft, Programme
from xiaoneng.programme.presentation import source_rows, task_cards
from xiaoneng.programme.services import drafts as services
from xiaoneng.programme.services import revising, starting
from xiaoneng.programme.services.units import mapped
from xiaoneng.programme.views.common import managers, perform, rows_of, uploaded, whole

TASKS_PER_PAGE = 100


@managers
@require_http_methods(["GET", "POST"])
def drafts(request: HttpRequest) -> HttpResponse:
    """导入方案: drop a document here; below, drafts that wait to be started."""
    if request.method == "POST":
        return _receive(request)
    waiting = ImportDraft.objects.filter(state=ImportDraft.State.OPEN).select_related("created_by", "revises")
    waiting = waiting.defer("original", "reading", "lines", "units")
    page = Paginator(waiting, 20).get_page(request.GET.get("page"))
    return render(request, "programme/drafts.html", {"page": page})


def _receive(request: HttpRequest) -> HttpResponse:
    def run() -> ImportDraft:
        file, name = uploaded(request)
        actor = organisation.actor_of(request.user)
        return services.receive(content=file, filename=name, actor=actor, at=timezone.now())

    def to(draft: ImportDraft) -> str:
        return reverse("programme:draft_difference" if draft.revises_id else "programme:draft", args=[draft.pk])

    return perform(request, run, done="已读出方案，请核对。", to=to)


@managers
@require_GET
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """核对: document on the left, tasks on the right, doubts in place."""
    draft = get_object_or_404(ImportDraft.objects.select_related("revises", "programme", "created_by"), pk=pk)
    if draft.programme is not None:
        return HttpResponseRedirect(reverse("programme:programme", args=[draft.programme.pk]))
    at, reading = timezone.now(), draft.reading
    page = Paginator(reading["tasks"], TASKS_PER_PAGE).get_page(request.GET.get("page"))
    other = None if draft.revises_id else services.running_like(draft.digest, plan_key(reading))
    units = mapped(unit_names(reading), draft.units, at)
    context = {
        "draft": draft,
        "reading": reading,
        "page": page,
        "cards": task_cards(reading, page.object_list),
        "rows": source_rows(draft.lines, reading["findings"]),
        "findings": [{"index": i, "decision": decision_of(f), **f} for i, f in enumerate(reading["findings"])],
        "open_findings": sum(1 for finding in reading["findings"] if decision_of(finding) == "open"),
        "units": units,
        "unsettled": sum(1 for row in units if row.unsettled),
        "all_units": list(organisation.units(at)),
        "other": other,
        "kept": sum(1 for task in reading["tasks"] if not task.get("skip")),
        "operators": OPERATORS,
        "periods": PERIODS,
        "is_open": draft.state == ImportDraft.State.OPEN,
    }
    return render(request, "programme/review.html", context)


def _changing(
    request: HttpRequest, pk: int, act: Callable[[dict[str, Any]], Any], *, done: str, anchor: str
) -> HttpResponse:
    page = request.POST.get("page", "")
    query = f"?page={page}" if page.isdigit() and len(page) < 6 else ""

    def run() -> Any:
        version = whole(request.POST.get("version"), "版本")
        return act({"version": version, "actor": organisation.actor_of(request.user), "at": timezone.now()})

    return perform(request, run, done=done, to=f"{reverse('programme:draft', args=[pk])}{query}#{anchor}")


@managers
@require_POST
def header(request: HttpRequest, pk: int) -> HttpResponse:
    """修改题头."""
    values = {
        name: request.POST[name] for name in ("title", "issuer", "document_number", "issued_on") if name in request.POST
    }
    return _changing(
        request, pk, lambda by: services.edit_header(pk, values=values, **by), done="题头已保存。", anchor="header"
    )


@managers
@require_POST
def task(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """修改一项任务."""
    names = ("task", "steps", "target", "deadline", "deadline_text", "lead_units", "support_units")
    values: dict[str, Any] = {name: request.POST[name] for name in names if name in request.POST}
    values |= {name: request.POST.get(name) == "on" for name in ("joint", "skip")}
    return _changing(
        request,
        pk,
        lambda by: services.edit_task(pk, number=number, values=values, **by),
        done=f"第 {number} 项任务已保存。",
        anchor=f"task-{number}",
    )


@managers
@require_POST
def targets(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """修改一项任务的量化目标."""
    return _changing(
        request,
        pk,
        lambda by: services.edit_targets(pk, number=number, rows=rows_of(request), **by),
        done=f"第 {number} 项任务的量化目标已保存。",
        anchor=f"task-{number}",
    )


@managers
@require_POST
def finding(request: HttpRequest, pk: int, index: int) -> HttpResponse:
    """处理一个疑点."""
    decision = request.POST.get("decision", "")
    said = {"accepted": "已采纳。", "rejected": "已标为不采纳。", "open": "已恢复为待处理。"}.get(decision, "")
    return _changing(
        request,
        pk,
        lambda by: services.decide_finding(pk, index=index, decision=decision, **by),
        done=f"疑点{said}",
        anchor=f"finding-{index}",
    )


@managers
@require_POST
def units(request: HttpRequest, pk: int) -> HttpResponse:
    """单位对照."""

    def run(by: dict[str, Any]) -> Any:
        names, chosen = request.POST.getlist("name"), request.POST.getlist("choice")
        choices: dict[str, tuple[str, int | None]] = {}
        for name, choice in zip(names, chosen, strict=False):
            if choice in ("create", "group"):
                choices[name] = (choice, None)
            elif choice:
                choices[name] = ("unit", whole(choice, "单位"))
        return services.choose_units(pk, choices=choices, **by)

    return _changing(request, pk, run, done="单位对照已保存。", anchor="units")


@managers
@require_http_methods(["GET", "POST"])
def difference(request: HttpRequest, pk: int) -> HttpResponse:
    """修订差异; POST turns a draft into a revision of the programme that runs already."""
    draft = get_object_or_404(ImportDraft.objects.select_related("revises", "programme"), pk=pk)
    if request.method == "POST":
        return _become_revision(request, pk)
    if draft.revises is None or draft.state != ImportDraft.State.OPEN:
        return HttpResponseRedirect(reverse("programme:draft", args=[pk]))
    latest = draft.revises.revisions.order_by("-number").first()
    context = {
        "draft": draft,
        "programme": draft.revises,
        "difference": revising.difference_of(draft),
        "stale": latest is not None and latest.number != draft.base,
        "same_file": latest is not None and latest.digest == draft.digest,
        "latest": latest,
    }
    return render(request, "programme/difference.html", context)


def _become_revision(request: HttpRequest, pk: int) -> HttpResponse:
    def run() -> Any:
        version = whole(request.POST.get("version"), "版本")
        actor = organisation.actor_of(request.user)
        return services.turn_into_revision(pk, version=version, actor=actor, at=timezone.now())

    to = reverse("programme:draft_difference", args=[pk])
    return perform(request, run, done="已按现行版本重新比较。", to=to)


@managers
@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """启动方案, or apply the revision."""
    draft = get_object_or_404(ImportDraft.objects.only("revises"), pk=pk)
    revises = draft.revises_id is not None

    def run() -> Programme:
        version = whole(request.POST.get("version"), "版本")
        verb = revising.revise if revises else starting.start
        return verb(pk, version=version, actor=organisation.actor_of(request.user), at=timezone.now())

    done = "修订已生效，原有进展和历史保留。" if revises else "方案已启动。"
    return perform(request, run, done=done, to=lambda row: reverse("programme:programme", args=[row.pk]))


@managers
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """放弃导入稿."""

    def run() -> ImportDraft:
        version = whole(request.POST.get("version"), "版本")
        return services.discard(pk, version=version, actor=organisation.actor_of(request.user), at=timezone.now())

    return perform(request, run, done="导入稿已放弃，没有导入任何内容。", to=reverse("programme:drafts"))
