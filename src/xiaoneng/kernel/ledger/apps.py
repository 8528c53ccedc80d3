from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """存证台账."""

    name = "xiaoneng.kernel.ledger"
    label = "ledger"
    verbose_name = "存证台账"
    default_auto_field = "django.db.models.BigAutoField"
