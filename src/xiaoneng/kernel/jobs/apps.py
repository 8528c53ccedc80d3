from django.apps import AppConfig


class JobsConfig(AppConfig):
    """后台作业."""

    name = "xiaoneng.kernel.jobs"
    label = "jobs"
    verbose_name = "后台作业"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from xiaoneng.kernel.jobs import queue, upkeep
        from xiaoneng.kernel.jobs.api import every

        every(24 * 3600, name="jobs.prune")(queue.prune)
        every(3600, name="jobs.statistics")(upkeep.refresh_statistics)
