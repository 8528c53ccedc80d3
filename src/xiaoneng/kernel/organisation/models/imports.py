"""机构表导入: what was read from a workbook, kept between preview and one press."""

from __future__ import annotations

from django.db import models

from xiaoneng.kernel.organisation.models.people import User


class OrganisationImport(models.Model):
    """机构表导入: `rows` holds the checked rows by sheet; applied once."""

    sha256 = models.CharField("文件指纹", max_length=64)
    filename = models.CharField("文件名", max_length=200)
    rows = models.JSONField("内容")
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, verbose_name="上传人")
    uploaded_at = models.DateTimeField("上传时间")
    applied_at = models.DateTimeField("导入时间", null=True)

    class Meta:
        verbose_name = "机构表导入"
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.filename
