"""模板标签: icons, navigation, the bundle, and words for states."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import template
from django.http import HttpRequest
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from xiaoneng.ui import icons, navigation
from xiaoneng.ui.bundle import bundle

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """{% icon "clock" %}; with `label` it speaks for itself."""
    return icons.icon(name, label=label, css=css)


@register.simple_tag(takes_context=True)
def navigation_groups(context: Context) -> list[tuple[str, list[navigation.Line]]]:
    """The navigation of this request, grouped; empty on pages that are drawn without a request."""
    request = context.get("request")
    if request is None:
        return []
    return [(heading, lines) for heading, lines in _groups(request).items() if heading != navigation.ACCOUNT]


@register.simple_tag(takes_context=True)
def account_lines(context: Context) -> list[navigation.Line]:
    """The lines of the menu under the user's name."""
    request = context.get("request")
    return _groups(request).get(navigation.ACCOUNT, []) if request is not None else []


def _groups(request: HttpRequest) -> dict[str, list[navigation.Line]]:
    """Asked once per request: the page draws the navigation twice, for wide and for narrow windows."""
    if not hasattr(request, "_navigation"):
        request._navigation = dict(navigation.groups(request))  # type: ignore[attr-defined]
    found: dict[str, list[navigation.Line]] = request._navigation  # type: ignore[attr-defined]
    return found


@register.simple_tag
def search_url() -> str:
    return navigation.search_url()


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """{% query page=3 %}: this page's query string with some parameters changed; None or "" drops one."""
    parameters = context["request"].GET.copy()
    for key, value in changes.items():
        if value in (None, ""):
            parameters.pop(key, None)
        else:
            parameters[key] = str(value)
    return f"?{parameters.urlencode()}" if parameters else "?"


@register.simple_tag
def bundle_styles() -> SafeString:
    found = bundle()
    return format_html_join(
        "\n", '<link rel="stylesheet" href="{}">', ((static(path),) for path in (found.styles if found else ()))
    )


@register.simple_tag
def bundle_script() -> SafeString | str:
    found = bundle()
    return format_html('<script type="module" src="{}"></script>', static(found.script)) if found else ""


@register.filter
def page_numbers(page: Any) -> Iterator[int | str]:
    """页码: the elided range of a Django page; gaps are "…"."""
    numbers: Iterator[int | str] = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return numbers
