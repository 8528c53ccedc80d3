"""页面的共同做法: a form that is filled and acted on, a button that is pressed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from xiaoneng.foundation.refusals import Answer, Refused
from xiaoneng.ui import api as ui


def form_page(
    request: HttpRequest,
    make: Callable[..., forms.Form],
    act: Callable[[dict[str, Any]], HttpResponse | str],
    *,
    title: str,
    button: str = "保存",
    back: str,
    done: str = "已保存。",
    intro: str = "",
    template: str = "organisation/form.html",
) -> HttpResponse:
    """表单页: `act` gets the cleaned values and answers where to go; its refusal is shown on the form (422)."""
    form, status = make(), 200
    if request.method == "POST":
        form, status = make(data=request.POST, files=request.FILES), 422
        if form.is_valid():
            try:
                answer = act(form.cleaned_data)
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                if isinstance(answer, HttpResponse):
                    return answer
                messages.success(request, done)
                return redirect(answer)
    context = {"form": form, "title": title, "button": button, "back": back, "intro": intro}
    return render(request, template, context, status=status)


def press(request: HttpRequest, act: Callable[[], object], *, back: str, done: str) -> HttpResponse:
    """按钮: do it and go back, or a page that says why not."""
    try:
        act()
    except Refused as refusal:
        return ui.refused(request, refusal)
    messages.success(request, done)
    return redirect(back)


def no(request: HttpRequest, answer: Answer) -> HttpResponse:
    """不准页: a policy's negative answer, with its reason."""
    return ui.refused(request, Refused(answer.reason, basis=answer.basis), status=403)
