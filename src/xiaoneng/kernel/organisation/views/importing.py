"""机构表导入、导出: download, upload, preview, one press."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from xiaoneng.foundation.refusals import Refused
from xiaoneng.kernel.organisation import forms
from xiaoneng.kernel.organisation.actors import actor_of
from xiaoneng.kernel.organisation.models import OrganisationImport, User
from xiaoneng.kernel.organisation.views.common import form_page, press
from xiaoneng.kernel.organisation.views.editing import administrator, form_methods
from xiaoneng.kernel.organisation.workbook import applying, reading, writing

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@form_methods
@administrator
def upload(request: HttpRequest) -> HttpResponse:
    """上传机构表; a file with faults is listed row by row and not kept."""

    def act(values: dict[str, Any]) -> HttpResponse | str:
        file = values["file"]
        if file.size > reading.MOST_BYTES:
            raise Refused("文件超过 5 MB。", remedy="请删除无关内容，或分几次导入。")
        content = file.read()
        assert isinstance(request.user, User)
        rows, problems = reading.read(content)
        if problems:
            return render(request, "organisation/import_problems.html", {"problems": problems}, status=422)
        stored = OrganisationImport.objects.create(
            sha256=hashlib.sha256(content).hexdigest(),
            filename=file.name[:200],
            rows=rows,
            uploaded_by=request.user,
            uploaded_at=timezone.now(),
        )
        return reverse("organisation:import_preview", args=[stored.pk])

    return form_page(
        request,
        forms.ImportForm,
        act,
        title="导入机构和人员",
        button="上传并预览",
        back=reverse("organisation:tree"),
        done="已读取，尚未导入：请核对后点“导入”。",
        template="organisation/import.html",
    )


@require_safe
@administrator
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """预览: exactly what pressing the button would do, and what stands in the way."""
    stored = _own(request, pk)
    outcome = applying.preview(stored, actor=actor_of(request.user), at=timezone.now())
    return render(request, "organisation/import_preview.html", {"stored": stored, "outcome": outcome})


@require_POST
@administrator
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """一次导入."""
    act = partial(
        applying.apply,
        _own(request, pk),
        digest=request.POST.get("digest", ""),
        actor=actor_of(request.user),
        at=timezone.now(),
    )
    return press(request, act, back=reverse("organisation:tree"), done="机构表已导入。")


@require_safe
@administrator
def template(_request: HttpRequest) -> HttpResponse:
    """下载模板."""
    return _download(writing.template(), "机构表模板.xlsx")


@require_safe
@administrator
def export(_request: HttpRequest) -> HttpResponse:
    """导出现有机构, in the form of the template."""
    at = timezone.now()
    return _download(writing.organisation(at), f"机构表-{timezone.localtime(at):%Y%m%d}.xlsx")


def _own(request: HttpRequest, pk: int) -> OrganisationImport:
    return get_object_or_404(OrganisationImport, pk=pk, uploaded_by=request.user)


def _download(content: bytes, name: str) -> HttpResponse:
    disposition = f"attachment; filename*=UTF-8''{quote(name)}"
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": disposition})
