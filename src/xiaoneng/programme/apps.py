from functools import partial
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
        from xiaoneng.kernel.ledger import api as ledger
        from xiaoneng.kernel.search import api as search
        from xiaoneng.programme import indexing, policies, visibility
        from xiaoneng.ui import api as ui

        def tasks(viewer: Any) -> QuerySet[Any]:
            return visibility.visible_tasks(viewer, timezone.now())

        def plans(viewer: Any) -> QuerySet[Any]:
            return visibility.visible_programmes(viewer, timezone.now())

        def manages(request: HttpRequest) -> bool:
            return bool(policies.may_import(request.user, timezone.now()))

        def recorded(model: type[Any], viewer: Any) -> QuerySet[Any]:
            return visibility.visible_rows(model, viewer, timezone.now())

        search.register(indexing.TASK, visible=tasks, label="任务")
        search.register(indexing.PLAN, visible=plans, label="方案文件")
        for model in (*visibility.PLAN_TABLES, *visibility.WORK_TABLES):
            ledger.visible(model._meta.label, partial(recorded, model))
        ui.add_navigation(
            ui.Entry("导入方案", "programme:drafts", icon="upload", order=60, group="方案", shown=manages)
        )
