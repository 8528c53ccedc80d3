"""命令: one small file each, imported only when called."""

from __future__ import annotations

import os


def django_ready() -> None:
    """Set Django up for a command that needs the database."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiaoneng.settings")
    django.setup()
