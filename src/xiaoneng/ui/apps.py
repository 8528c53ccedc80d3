from django.apps import AppConfig


class UIConfig(AppConfig):
    """界面."""

    name = "xiaoneng.ui"
    label = "ui"
    verbose_name = "界面"
    default_auto_field = "django.db.models.BigAutoField"
