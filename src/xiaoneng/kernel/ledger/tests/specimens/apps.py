from django.apps import AppConfig


class SpecimensConfig(AppConfig):
    name = "xiaoneng.kernel.ledger.tests.specimens"
    label = "specimens"
    verbose_name = "样本"
    default_auto_field = "django.db.models.BigAutoField"
