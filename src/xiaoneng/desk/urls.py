from __future__ import annotations

from django.urls import path

from xiaoneng.desk.views import board, calendar, deadlines, home, offices, search

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    path("board/", board.board, name="board"),
    path("board/tasks.xlsx", board.export, name="export"),
    path("board/print/", board.printed, name="print"),
    path("offices/", offices.offices, name="offices"),
    path("offices/<int:pk>/", offices.office, name="office"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/issue/", calendar.issue, name="issue_feed"),
    path("calendar/revoke/", calendar.revoke, name="revoke_feed"),
    path("calendar/<str:token>.ics", calendar.feed, name="feed"),
    path("search/", search.results, name="search"),
    path("deadline/", deadlines.deadline, name="deadline"),
]
