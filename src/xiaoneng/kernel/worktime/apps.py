from django.apps import AppConfig


class WorktimeConfig(AppConfig):
    """工作日历."""

    name = "xiaoneng.kernel.worktime"
    label = "worktime"
    verbose_name = "工作日历"
    default_auto_field = "django.db.models.BigAutoField"
