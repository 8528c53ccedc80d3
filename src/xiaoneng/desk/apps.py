from django.apps import AppConfig
from django.http import HttpRequest


class DeskConfig(AppConfig):
    """工作台."""

    name = "xiaoneng.desk"
    label = "desk"
    verbose_name = "工作台"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from xiaoneng.ui import api as ui

        def known(request: HttpRequest) -> bool:
            return request.user.is_authenticated

        for order, (label, route, icon) in enumerate(
            (
                ("工作台", "desk:home", "home"),
                ("计划看板", "desk:board", "board"),
                ("年度日历", "desk:calendar", "calendar"),
                ("处室", "desk:offices", "building"),
                ("检索", "desk:search", "search"),
                ("期限推算", "desk:deadline", "clock"),
            ),
            start=10,
        ):
            ui.add_navigation(ui.Entry(label, route, icon, order, "", known))
        ui.set_search("desk:search")
