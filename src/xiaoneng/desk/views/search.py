"""检索: tasks and documents, as far as one may see them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from xiaoneng.desk.forms import SearchForm
from xiaoneng.kernel.organisation import api as organisation
from xiaoneng.kernel.search import api as search


@organisation.signed_in
@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """检索 page; an unknown kind searches all."""
    known = search.kinds()
    form = SearchForm(request.GET, kinds=known)
    query = request.GET.get("q", "").strip()
    kind = request.GET.get("kind", "")
    text = request.GET.get("page", "1")
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 1
    page = None
    if query:
        page = search.search(query, viewer=request.user, kinds=[kind] if kind in known else None, page=number)
    return render(request, "desk/search.html", {"form": form, "query": query[:100], "page": page})
