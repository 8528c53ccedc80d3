"""导航: modules say in `ready()` where they can be entered; the base page draws it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

# Entries of this group stand in the menu under the user's name, not in the navigation.
ACCOUNT = "账号"


def always(_request: HttpRequest) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Entry:
    """导航项: one line of the navigation.

    `route` is a route name ("desk:board"), `icon` a name in `ui.icons`, `group` the heading that it stands under,
    `order` its place among all (tens), `shown` whether this request's user is offered it.
    """

    label: str
    route: str
    icon: str
    order: int
    group: str = ""
    shown: Callable[[HttpRequest], bool] = always


@dataclass(frozen=True, slots=True)
class Line:
    """导航行: an entry as drawn for one request."""

    label: str
    url: str
    icon: str
    group: str
    current: bool


_entries: dict[str, Entry] = {}
_search: list[str] = []


def add(entry: Entry) -> None:
    """登记导航项. Raises ValueError where a route is offered twice."""
    if _entries.get(entry.route, entry) != entry:
        raise ValueError(f"two navigation entries for {entry.route}")
    _entries[entry.route] = entry


def set_search(route: str) -> None:
    """登记检索页: the route that the search field at the top of each page leads to (parameter `q`)."""
    _search[:] = [route]


def search_url() -> str:
    """检索页网址, "" where there is none."""
    return reverse(_search[0]) if _search else ""


def lines(request: HttpRequest) -> list[Line]:
    """导航: what this request is offered; the entry with the longest path that leads here is the current one."""
    offered = [entry for entry in sorted(_entries.values(), key=lambda e: e.order) if entry.shown(request)]
    urls = [reverse(entry.route) for entry in offered]
    here = max((url for url in urls if _leads_to(url, request.path)), key=len, default="")
    return [Line(e.label, url, e.icon, e.group, url == here) for e, url in zip(offered, urls, strict=True)]


def groups(request: HttpRequest) -> Iterator[tuple[str, list[Line]]]:
    """分组导航: the lines under their headings, groups in the order of their first line."""
    grouped: dict[str, list[Line]] = {}
    for line in lines(request):
        grouped.setdefault(line.group, []).append(line)
    yield from grouped.items()


def _leads_to(url: str, path: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))
