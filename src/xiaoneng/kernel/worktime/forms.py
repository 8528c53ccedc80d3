"""表单: the text of a notice."""

from __future__ import annotations

from django import forms

from xiaoneng.foundation.worktime.notice import MOST_CHARACTERS


class NoticeForm(forms.Form):
    """放假通知的文本; `version` is the calendar's version that a preview was made against."""

    text = forms.CharField(
        label="通知全文",
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 14, "class": "form-control"}),
        help_text="从中国政府网复制通知全文（连同标题）粘贴到这里。",
        error_messages={"required": "请粘贴通知全文。"},
    )
    year = forms.IntegerField(
        label="年份",
        required=False,
        min_value=1949,
        max_value=2199,
        widget=forms.NumberInput(attrs={"class": "form-control", "placeholder": "标题中有年份时不必填"}),
    )
    version = forms.IntegerField(required=False, min_value=0, max_value=10**6, widget=forms.HiddenInput())
