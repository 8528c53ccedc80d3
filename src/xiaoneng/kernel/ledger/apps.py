from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """存证台账."""

    name = "xiaoneng.kernel.ledger"
    label = "ledger"
    verbose_name = "存证台账"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from xiaoneng.kernel.jobs import api as jobs
        from xiaoneng.kernel.ledger import delivery, navigation, operations, segments, sequencing

        jobs.every(2, name="ledger.sequence")(sequencing.sequence)
        jobs.every(2, name="ledger.deliver")(delivery.deliver)
        jobs.every(300, name="ledger.seal")(segments.seal_segments)
        jobs.every(24 * 3600, name="ledger.verify")(operations.verify_nightly)
        navigation.offer()
