from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    """工作方案."""

    name = "xiaoneng.programme"
    label = "programme"
    verbose_name = "工作方案"
    default_auto_field = "django.db.models.BigAutoField"
