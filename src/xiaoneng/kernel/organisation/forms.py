"""机构与人员的表单."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.db.models import QuerySet

from xiaoneng.kernel.organisation import queries
from xiaoneng.kernel.organisation.models import Kind, Leave, Post, Role, Unit, User
from xiaoneng.kernel.organisation.models.authority import APPOINTABLE, DELEGABLE
from xiaoneng.kernel.organisation.models.dated import day_of, holds_on


def choices_of(roles: tuple[Role, ...]) -> list[tuple[str, str]]:
    return [(role.value, str(role.label)) for role in roles]


class DayField(forms.DateField):
    """日期, by the browser's own date input."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class MomentField(forms.DateTimeField):
    """时刻, by the browser's own input, in the site's time zone."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class PersonField(forms.ModelChoiceField[User]):
    """人员: name and user name, so that two of one name can be told apart."""

    def label_from_instance(self, obj: User) -> str:
        return f"{obj.name}（{obj.username}）"


class PasswordForm(forms.Form):
    """设置密码."""

    password1 = forms.CharField(
        label="新密码",
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="至少 10 个字符，不能全是数字，不能是常见密码或与姓名、用户名相近。",
    )
    password2 = forms.CharField(
        label="再输一遍",
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password2(self) -> str:
        again: str = self.cleaned_data["password2"]
        if self.cleaned_data.get("password1") != again:
            raise forms.ValidationError("两次输入的密码不一致。")
        return again


class UnitForm(forms.Form):
    """机构."""

    name = forms.CharField(label="名称", max_length=100)
    kind = forms.ChoiceField(label="类别", choices=Kind.choices, initial=Kind.DIVISION)
    parent = forms.ModelChoiceField(
        Unit.objects.none(), label="上级机构", required=False, empty_label="（无，作为顶级机构）"
    )
    order = forms.IntegerField(label="排序", min_value=0, max_value=9999, initial=0, help_text="数字小的排在前面。")

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "parent", queries.units(at))


class AliasForm(forms.Form):
    """别名."""

    name = forms.CharField(label="别名", max_length=100, help_text="方案中对该机构的其他写法，如简称、曾用名。")


class PostForm(forms.Form):
    """岗位."""

    name = forms.CharField(label="岗位名称", max_length=60)
    single = forms.BooleanField(label="独任（同一时间只由一人担任）", required=False)
    duties = forms.CharField(
        label="岗位职责", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


class PersonForm(forms.Form):
    """人员登记."""

    username = forms.CharField(label="用户名", max_length=60, help_text="小写字母和数字，用于登录，登记后不改。")
    name = forms.CharField(label="姓名", max_length=60)
    email = forms.EmailField(label="电子邮箱", required=False)


class PersonEditForm(forms.Form):
    """人员信息."""

    name = forms.CharField(label="姓名", max_length=60)
    email = forms.EmailField(label="电子邮箱", required=False)
    active = forms.BooleanField(label="账号启用", required=False, help_text="停用后立即不能登录，历史记录保留。")


class AppointmentForm(forms.Form):
    """任职."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label="机构")
    post = forms.ModelChoiceField(Post.objects.none(), label="岗位", required=False, empty_label="（不设岗位）")
    role = forms.ChoiceField(label="角色", choices=choices_of(APPOINTABLE), initial=Role.HANDLER)
    primary = forms.BooleanField(label="主要任职（不勾选为兼任）", required=False, initial=True)
    valid_from = DayField(label="任职日期")

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "unit", queries.units(at))
        posts = Post.objects.filter(holds_on(day_of(at))).select_related("unit").order_by("unit__order", "id")
        _offer(self, "post", posts)
        self.fields["post"].label_from_instance = lambda post: f"{post.unit}·{post}"  # type: ignore[attr-defined]
        self.fields["valid_from"].initial = day_of(at)


class PartnersForm(forms.Form):
    """AB 角, among those who serve in the unit."""

    a = PersonField(User.objects.none(), label="A 角")
    b = PersonField(User.objects.none(), label="B 角")
    matters = forms.CharField(label="负责事项", max_length=200, required=False)

    def __init__(self, *args: Any, unit: Unit, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        serving = User.objects.filter(
            holds_on(day_of(at), "appointments__"), appointments__unit=unit, is_active=True
        ).distinct()
        _offer(self, "a", serving)
        _offer(self, "b", serving)


class LeaveForm(forms.Form):
    """离岗登记."""

    reason = forms.ChoiceField(label="事由", choices=Leave.Reason.choices)
    starts_at = MomentField(label="离岗时间")
    ends_at = MomentField(label="返岗时间")


class DelegationForm(forms.Form):
    """授权."""

    receiver = PersonField(User.objects.none(), label="被授权人")
    role = forms.ChoiceField(label="角色", choices=choices_of(DELEGABLE))
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label="范围", required=False, empty_label="（本人持有该角色的全部范围）"
    )
    valid_from = DayField(label="生效日期")
    valid_until = DayField(label="失效日期", help_text="自该日起不再有效。")
    reason = forms.CharField(label="授权事由", max_length=200)

    def __init__(self, *args: Any, giver: User, roles: set[Role], at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "receiver", User.objects.filter(is_active=True).exclude(pk=giver.pk).order_by("name", "id"))
        _offer(self, "unit", queries.units(at))
        self.fields["role"].choices = choices_of(tuple(r for r in DELEGABLE if r in roles))  # type: ignore[attr-defined]
        self.fields["valid_from"].initial = day_of(at)


class GrantForm(forms.Form):
    """角色授予."""

    person = PersonField(User.objects.none(), label="人员")
    role = forms.ChoiceField(label="角色", choices=Role.choices)
    unit = forms.ModelChoiceField(Unit.objects.none(), label="范围", required=False, empty_label="（全部机构）")
    valid_from = DayField(label="生效日期")
    valid_until = DayField(label="失效日期", required=False, help_text="自该日起不再有效；留空为长期。")
    reason = forms.CharField(label="授予理由", max_length=200, required=False)

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "person", User.objects.filter(is_active=True).order_by("name", "id"))
        _offer(self, "unit", queries.units(at))
        self.fields["valid_from"].initial = day_of(at)


class ImportForm(forms.Form):
    """机构表导入."""

    file = forms.FileField(
        label="机构表（.xlsx）",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        help_text="先下载模板填写，不超过 5 MB。上传后先预览，确认无误再一次导入。",
    )


class TreeDateForm(forms.Form):
    """机构树的日期."""

    on = DayField(label="查看日期", required=False)

    def day(self, today: date) -> date:
        """所查日期, or today where none or nonsense was given."""
        asked: date | None = self.cleaned_data.get("on") if self.is_valid() else None
        return asked or today


def _offer(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    form.fields[name].queryset = rows  # type: ignore[attr-defined]
