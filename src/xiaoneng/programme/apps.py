from typing import Any

from django.apps import AppConfig
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone


class ProgrammeConfig(AppConfig):
    """工作方案."""

    name = "xiaoneng.programme"
    label = "programme"
    verbose_name = "工作方案"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from xiaoneng.kernel.search import api as search
        from xiaoneng.programme import indexing, policies, visibility
        from xiaoneng.ui import api as ui

        def tasks(viewer: Any) -> QuerySet[Any]:
            return visibility.visible_tasks(viewer, timezone.now())

        def plans(viewer: Any) -> QuerySet[Any]:
            return visibility.visible_programmes(viewer, timezone.now())

        def manages(request: HttpRequest) -> bool:
            return bool(policies.may_import(request.user, timezone.now()))

        search.register(indexing.TASK, visible=tasks, label="任务")
        search.register(indexing.PLAN, visible=plans, label="方案文件")
        ui.add_navigation(
            ui.Entry("导入方案", "programme:drafts", icon="upload", order=60, group="方案", shown=manages)
        )
