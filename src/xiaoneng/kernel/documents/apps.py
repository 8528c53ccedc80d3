from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """文档."""

    name = "xiaoneng.kernel.documents"
    label = "documents"
    verbose_name = "文档"
    default_auto_field = "django.db.models.BigAutoField"
