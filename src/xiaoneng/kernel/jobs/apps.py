from django.apps import AppConfig


class JobsConfig(AppConfig):
    """后台作业."""

    name = "xiaoneng.kernel.jobs"
    label = "jobs"
    verbose_name = "后台作业"
    default_auto_field = "django.db.models.BigAutoField"
