"""页面的共同部分: who may enter, numbers from strangers, and refusals as pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, BinaryIO, cast

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from xiaoneng.foundation.refusals import Refused
from xiaoneng.kernel.organisation import api as organisation
from xiaoneng.kernel.organisation.api import Role
from xiaoneng.ui import api as ui

staff = organisation.require_roles(Role.LEADER, Role.SUPERVISION, Role.HEAD, Role.HANDLER)
managers = organisation.require_roles(Role.SUPERVISION, Role.LEADER)


def perform(request: HttpRequest, act: Callable[[], Any], *, done: str, to: str | Callable[[Any], str]) -> HttpResponse:
    """办理 and go on to `to`; a refusal becomes a page: 409 for a conflict, 422 for input that cannot be taken."""
    try:
        result = act()
    except Refused as refusal:
        return refused(request, refusal)
    messages.success(request, done)
    return HttpResponseRedirect(to(result) if callable(to) else to)


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """拒绝页 for somebody who may be here: what was sent is at fault, not who sent it."""
    return ui.refused(request, refusal, status=422 if type(refusal) is Refused else None)


def uploaded(request: HttpRequest) -> tuple[BinaryIO, str]:
    """上传的文件 of the field "file", with its name; raises `Refused` where there is none."""
    upload = request.FILES.get("file")
    if not isinstance(upload, UploadedFile) or upload.file is None or not upload.name:
        raise Refused("请选择文件。")
    return cast(BinaryIO, upload.file), upload.name


def whole(text: str | None, what: str, *, least: int = 0, most: int = 2**31 - 1) -> int:
    """整数 of a form field; raises `Refused` for anything else and beyond the limits."""
    given = (text or "").strip()
    if not given.isascii() or not given.isdigit() or len(given) > 12 or not least <= int(given) <= most:
        raise Refused(f"{what}应为 {least} 到 {most} 之间的整数。")
    return int(given)


def optional_day(text: str | None, what: str) -> date | None:
    """日期 of a form field, None where it is empty; raises `Refused` for what is no day."""
    given = (text or "").strip()
    if not given:
        return None
    try:
        day = date.fromisoformat(given)
    except ValueError as error:
        raise Refused(f"{what}“{given[:20]}”无效。", remedy="请按 2026-06-30 的格式填写。") from error
    if not 1949 <= day.year <= 2200:
        raise Refused(f"{what}超出可用范围（1949 至 2200 年）。")
    return day


def rows_of(request: HttpRequest, *, most: int = 100) -> list[dict[str, str]]:
    """量化目标 of a form: parallel lists of fields, one row per target."""
    names = ("id", "subject", "measure", "operator", "value", "unit", "period", "text")
    columns = {name: request.POST.getlist(name) for name in names}
    count = len(columns["operator"])
    if count > most:
        raise Refused(f"一项任务最多 {most} 个量化目标。")
    return [{name: (column[i] if i < len(column) else "") for name, column in columns.items()} for i in range(count)]
