try:
    from xiaoneng.kernel.ledger.api import Ledgered
except ModuleNotFoundError:
    from django.db import models

    class Ledgered(models.Model):  # type: ignore[no-redef]
        class Meta:
            abstract = True
