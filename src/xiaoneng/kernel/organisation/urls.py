from __future__ import annotations

from django.urls import path, register_converter

from xiaoneng.kernel.organisation.views import accounts, directory, editing, entrance, importing


class NumberConverter:
    """编号: bounded, so that no number is too long for the database."""

    regex = "[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(NumberConverter, "organisation_id")

app_name = "organisation"
urlpatterns = [
    path("", directory.tree, name="tree"),
    path("units/new", editing.new_unit, name="new_unit"),
    path("units/<organisation_id:pk>/", directory.unit, name="unit"),
    path("units/<organisation_id:pk>/edit", editing.edit_unit, name="edit_unit"),
    path("units/<organisation_id:pk>/end", editing.end_unit, name="end_unit"),
    path("units/<organisation_id:pk>/alias", editing.add_alias, name="add_alias"),
    path("units/<organisation_id:pk>/post", editing.new_post, name="new_post"),
    path("units/<organisation_id:pk>/partners", editing.name_partners, name="name_partners"),
    path("posts/<organisation_id:pk>/edit", editing.edit_post, name="edit_post"),
    path("partners/<organisation_id:pk>/end", editing.end_partners, name="end_partners"),
    path("people/", directory.people, name="people"),
    path("people/new", accounts.new_person, name="new_person"),
    path("people/<organisation_id:pk>/", directory.person, name="person"),
    path("people/<organisation_id:pk>/edit", accounts.edit_person, name="edit_person"),
    path("people/<organisation_id:pk>/invite", accounts.invite, name="invite"),
    path("people/<organisation_id:pk>/appoint", editing.appoint, name="appoint"),
    path("people/<organisation_id:pk>/leave", accounts.record_leave, name="record_leave"),
    path("appointments/<organisation_id:pk>/end", editing.end_appointment, name="end_appointment"),
    path("leaves/<organisation_id:pk>/end", accounts.end_leave, name="end_leave"),
    path("roles/", accounts.roles, name="roles"),
    path("roles/grant", accounts.grant, name="grant"),
    path("roles/<organisation_id:pk>/revoke", accounts.revoke, name="revoke"),
    path("me/", directory.me, name="me"),
    path("me/delegate", accounts.delegate, name="delegate"),
    path("delegations/<organisation_id:pk>/end", accounts.end_delegation, name="end_delegation"),
    path("import/", importing.upload, name="import"),
    path("import/template.xlsx", importing.template, name="import_template"),
    path("import/<organisation_id:pk>/", importing.preview, name="import_preview"),
    path("import/<organisation_id:pk>/apply", importing.apply, name="import_apply"),
    path("export.xlsx", importing.export, name="export"),
    path("first/<str:token>", entrance.first, name="first"),
    path("invitation/<str:token>", entrance.invitation, name="invitation"),
    path("password/", entrance.password, name="password"),
]
