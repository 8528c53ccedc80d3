"""图标: our own line drawings on a 24 × 24 grid, put into the page as SVG by the server."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

# name -> path data; drawn for this project, stroked with the colour of the text beside them
PATHS = {
    "home": "M4 11 12 4l8 7M6 10v10h5v-6h2v6h5V10",
    "board": "M4 4h7v9H4zM13 4h7v5h-7zM13 12h7v8h-7zM4 16h7v4H4z",
    "list": "M9 6h11M9 12h11M9 18h11M4 6h1M4 12h1M4 18h1",
    "tree": "M5 4h6v4H5zM13 10h6v4h-6zM13 16h6v4h-6zM8 8v10h5M8 12h5",
    "calendar": "M4 6h16v14H4zM4 10h16M8 3v5M16 3v5",
    "clock": "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM12 7v5l3 3",
    "search": "M10 4a6 6 0 1 1 0 12 6 6 0 0 1 0-12zM15 15l5 5",
    "upload": "M12 15V4M8 8l4-4 4 4M4 15v5h16v-5",
    "download": "M12 4v11M8 11l4 4 4-4M4 15v5h16v-5",
    "print": "M7 8V3h10v5M7 17H4V8h16v9h-3M7 14h10v7H7z",
    "users": "M9 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM2 20c0-4 3-6 7-6s7 2 7 6M16 5a3.5 3.5 0 0 1 0 7M18 14c3 1 4 3 4 6",
    "user": "M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM4 21c0-4 3.5-6.5 8-6.5s8 2.5 8 6.5",
    "building": "M5 21V4h10v17M15 9h4v12M3 21h18M8 8h1M11 8h1M8 12h1M11 12h1M8 16h1M11 16h1",
    "ledger": "M6 3h13v18H6a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2zM8 8h7M8 12h7M4 17h15",
    "shield": "M12 3l8 3v6c0 5-3.5 8-8 9-4.5-1-8-4-8-9V6zM9 12l2 2 4-4",
    "file": "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
    "paperclip": "M19 11l-7 7a4.5 4.5 0 0 1-6.5-6.5l7.5-7.5a3 3 0 0 1 4.5 4.5L10 16a1.5 1.5 0 0 1-2-2l6-6",
    "message": "M4 5h16v11h-9l-5 4v-4H4z",
    "check": "M5 12l5 5L19 7",
    "x": "M6 6l12 12M18 6L6 18",
    "plus": "M12 5v14M5 12h14",
    "minus": "M5 12h14",
    "edit": "M4 20l1-5L16 4l4 4L9 19zM14 6l4 4",
    "trash": "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10 11v5M14 11v5",
    "link": "M10 14l4-4M8 11l-2 2a3.5 3.5 0 0 0 5 5l2-2M16 13l2-2a3.5 3.5 0 0 0-5-5l-2 2",
    "flag": "M5 21V4h13l-3 4 3 4H5",
    "target": "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM12 12h.01",
    "bell": "M6 17V11a6 6 0 0 1 12 0v6l2 1H4zM10 21h4",
    "chart": "M4 4v16h16M8 16v-4M12 16V8M16 16v-6",
    "filter": "M4 5h16l-6 7v7l-4-2v-5z",
    "refresh": "M5 9a8 8 0 0 1 14-1M19 4v4h-4M19 15a8 8 0 0 1-14 1M5 20v-4h4",
    "settings": "M4 7h9M17 7h3M4 17h3M11 17h9M13 5h4v4h-4zM7 15h4v4H7z",
    "lock": "M6 11h12v9H6zM9 11V8a3 3 0 0 1 6 0v3",
    "logout": "M10 4H5v16h5M14 8l4 4-4 4M8 12h10",
    "external": "M13 5h6v6M19 5l-9 9M16 14v5H5V8h5",
    "history": "M4 12a8 8 0 1 0 2.5-6L4 8M4 4v4h4M12 8v4l3 2",
    "alert": "M12 4l9 16H3zM12 10v4M12 17h.01",
    "info": "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM12 11v6M12 7h.01",
    "question": "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM9.5 9.5a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1 .7-1 1.7M12 17h.01",
    "menu": "M4 6h16M4 12h16M4 18h16",
    "chevron-right": "M9 5l7 7-7 7",
    "chevron-left": "M15 5l-7 7 7 7",
    "chevron-down": "M5 9l7 7 7-7",
    "arrow-left": "M20 12H5M11 6l-6 6 6 6",
    "arrow-right": "M4 12h15M13 6l6 6-6 6",
    "dot": "M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8z",
    "eye": "M2 12c3-5 6-7 10-7s7 2 10 7c-3 5-6 7-10 7s-7-2-10-7zM12 9a3 3 0 1 1 0 6 3 3 0 0 1 0-6z",
    "compare": "M4 8h13M13 4l4 4-4 4M20 16H7M11 12l-4 4 4 4",
    "play": "M7 4l12 8-12 8z",
    "pause": "M8 5v14M16 5v14",
    "key": "M8 9a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM11 10l9-6M17 6l2 3",
    "inbox": "M4 13 6 5h12l2 8v6H4zM4 13h5l1 3h4l1-3h5",
}


def icon(name: str, *, label: str = "", css: str = "") -> SafeString:
    """图标: decorative (hidden from assistive technology) unless `label` gives it words of its own."""
    words = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon {}" {} viewBox="0 0 24 24" width="18" height="18" fill="none" stroke="currentColor" '
        'stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" focusable="false"><path d="{}"/></svg>',
        css,
        words,
        PATHS[name],
    )
