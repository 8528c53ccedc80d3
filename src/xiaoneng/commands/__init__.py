"""命令: one small file each, imported only when called."""

from __future__ import annotations

import os


def django_ready(*, migrate: bool = False) -> None:
    """Set Django up for a command that needs the database; with `migrate`, bring its tables up to date."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiaoneng.settings")
    django.setup()
    if migrate:
        from django.core.management import call_command

        call_command("migrate", interactive=False, verbosity=0)
