"""文件: the plan's own document and the evidence, each behind the visibility rule."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from xiaoneng.foundation.refusals import Unreadable
from xiaoneng.kernel.documents import api as documents
from xiaoneng.programme.models import Evidence, ImportDraft, Revision
from xiaoneng.programme.presentation import source_rows
from xiaoneng.programme.views.common import managers, staff
from xiaoneng.programme.visibility import detailed_tasks, visible_programmes
from xiaoneng.ui import api as ui


def _revision(request: HttpRequest, pk: int, number: int) -> Revision:
    found = get_object_or_404(visible_programmes(request.user, timezone.now()), pk=pk)
    return get_object_or_404(found.revisions.select_related("document", "programme"), number=number)


@staff
@require_GET
def document(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """方案原文 of one revision, with its doubts marked."""
    revision = _revision(request, pk, number)
    findings = [
        {
            "code": row.code,
            "line": row.line,
            "excerpt": row.excerpt,
            "message": row.message,
            "suggestion": row.suggestion,
            "decision": row.decision,
            "pk": row.pk,
        }
        for row in revision.findings.all()
    ]
    rows = source_rows(revision.lines, findings)
    return render(request, "programme/document.html", {"revision": revision, "rows": rows})


@staff
@require_GET
def document_file(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """方案原件."""
    return _serve(request, _revision(request, pk, number).document)


@managers
@require_GET
def draft_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """导入稿的原件."""
    draft = get_object_or_404(ImportDraft.objects.select_related("document").only("document"), pk=pk)
    return _serve(request, draft.document)


@staff
@require_GET
def evidence_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """佐证材料: only for whoever may see the work on its task; to others it does not exist."""
    found = Evidence.objects.select_related("document").filter(pk=pk).first()
    if found is None or not detailed_tasks(request.user, timezone.now()).filter(pk=found.task_id).exists():
        raise Http404
    return _serve(request, found.document)


def _serve(request: HttpRequest, stored: documents.StoredFile) -> HttpResponseBase:
    try:
        return documents.serve(stored)
    except Unreadable as refusal:
        return ui.refused(request, refusal, status=410)
