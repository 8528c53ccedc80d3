from django.apps import AppConfig


class WorktimeConfig(AppConfig):
    """工作日历."""

    name = "xiaoneng.kernel.worktime"
    label = "worktime"
    verbose_name = "工作日历"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from xiaoneng.ui import api as ui

        ui.add_navigation(
            ui.Entry(
                label="工作日历",
                route="worktime:index",
                icon="calendar",
                order=820,
                group="管理",
                shown=lambda request: request.user.is_authenticated,
            )
        )
