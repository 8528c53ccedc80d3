"""台账页面."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse


@login_required
def event(request: HttpRequest, number: int) -> HttpResponse:
    raise Http404
