from django.apps import AppConfig
from django.db.models.signals import post_migrate


class OrganisationConfig(AppConfig):
    """机构与人员."""

    name = "xiaoneng.kernel.organisation"
    label = "organisation"
    verbose_name = "机构与人员"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from xiaoneng.kernel.organisation import guards
        from xiaoneng.kernel.organisation.disclosure import disclose
        from xiaoneng.kernel.organisation.navigation import offer

        offer()
        disclose()
        post_migrate.connect(guards.install, sender=self)
