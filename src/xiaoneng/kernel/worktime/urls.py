from __future__ import annotations

from django.urls import path, register_converter

from xiaoneng.kernel.worktime import views


class YearConverter:
    """年份: four digits."""

    regex = "[12][0-9]{3}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:04d}"


register_converter(YearConverter, "worktime_year")

app_name = "worktime"
urlpatterns = [
    path("", views.index, name="index"),
    path("enter/", views.enter, name="enter"),
    path("<worktime_year:number>/", views.year, name="year"),
]
