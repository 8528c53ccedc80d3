"""方案: what it is, its documents and doubts; the tree itself stands on the desk's board."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from xiaoneng.kernel.organisation import api as organisation
from xiaoneng.programme import policies, presentation, workbook
from xiaoneng.programme.models import Finding
from xiaoneng.programme.queries import Filters, board_tree, counts, task_rows
from xiaoneng.programme.services import programmes as services
from xiaoneng.programme.views.common import managers, perform, staff, whole
from xiaoneng.programme.visibility import visible_programmes

FINDINGS_PER_PAGE = 50


@staff
@require_GET
def programme(request: HttpRequest, pk: int) -> HttpResponse:
    """方案概况: tree, doubts, versions."""
    at = timezone.now()
    found = get_object_or_404(visible_programmes(request.user, at), pk=pk)
    after = request.GET.get("after", "")
    number = int(after) if after.isascii() and after.isdigit() and len(after) < 10 else 0
    findings = Paginator(found.findings.select_related("revision"), FINDINGS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "programme": found,
        "board": board_tree(request.user, found, Filters(), after=number, at=at),
        "counts": counts(request.user, found, at=at),
        "findings": presentation.finding_cards(findings.object_list),
        "findings_page": findings,
        "open_findings": found.findings.filter(decision=Finding.Decision.OPEN).count(),
        "revisions": found.revisions.defer("reading", "lines"),
        "programme_targets": found.targets.filter(task=None),
        "programme_cadences": found.cadences.filter(task=None),
        "manages": policies.may_import(request.user, at),
    }
    return render(request, "programme/programme.html", context)


@managers
@require_POST
def finding(request: HttpRequest, pk: int) -> HttpResponse:
    """处理运行中方案的疑点."""
    decision = request.POST.get("decision", "")
    return perform(
        request,
        lambda: services.decide_finding(
            pk, decision=decision, actor=organisation.actor_of(request.user), at=timezone.now()
        ),
        done="疑点已处理。",
        to=lambda row: f"{reverse('programme:programme', args=[row.programme_id])}#finding-{row.pk}",
    )


@managers
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """结束方案."""
    return perform(
        request,
        lambda: services.close(whole(str(pk), "方案"), actor=organisation.actor_of(request.user), at=timezone.now()),
        done="方案已结束。",
        to=reverse("programme:programme", args=[pk]),
    )


@staff
@require_GET
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """导出任务 as a workbook: what its reader may see, nothing else."""
    at = timezone.now()
    found = get_object_or_404(visible_programmes(request.user, at), pk=pk)
    response = HttpResponse(
        workbook.task_workbook(found, task_rows(request.user, found, at=at), at=at), content_type=workbook.XLSX
    )
    response["Content-Disposition"] = f'attachment; filename="tasks-{found.pk}.xlsx"'
    return response
