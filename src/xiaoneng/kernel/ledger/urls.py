from __future__ import annotations

from django.urls import path

from xiaoneng.kernel.ledger import views

app_name = "ledger"
urlpatterns = [
    path("", views.heads, name="heads"),
    path("verify.py", views.script, name="script"),
    path("events/<int:number>/", views.event, name="event"),
    path("events/<int:number>/proof.json", views.proof, name="proof"),
    path("failures/<int:number>/retry/", views.retry, name="retry"),
]
