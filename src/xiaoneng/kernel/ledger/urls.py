from __future__ import annotations

from django.urls import path

from xiaoneng.kernel.ledger import views

app_name = "ledger"
urlpatterns = [path("events/<int:number>/", views.event, name="event")]
