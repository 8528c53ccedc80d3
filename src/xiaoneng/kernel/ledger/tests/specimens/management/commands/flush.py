"""flush, as the teardown of transactional tests needs it: the database refuses the real one."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import flush
from django.db import connections, transaction

from xiaoneng.kernel.ledger import guards, signing


class Command(flush.Command):
    def handle(self, **options: Any) -> None:
        database = options["database"]
        with transaction.atomic(using=database):
            guards.lift(connections[database])
        try:
            super().handle(**options)
            signing.forget()
        finally:
            guards.install(connections[database])
