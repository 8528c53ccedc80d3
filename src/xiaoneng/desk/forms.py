"""筛选: what a board, an export and a print are asked for by the same address."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms

from xiaoneng.foundation.worktime import Unit as Period
from xiaoneng.kernel.organisation.api import Unit
from xiaoneng.programme.api import Action, Filters, Programme, TaskState

DUE = [("", "全部期限"), ("overdue", "已逾期"), ("soon", "两周内到期"), ("undated", "未定时限")]
STATES = [("", "全部状态"), *((s.value, s.label) for s in TaskState)]
Choices = Sequence[tuple[str, str]]


def _choice(label: str, choices: Choices = ()) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, required=False, widget=forms.Select(attrs={"class": "form-select"})
    )


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"class": "form-control", "type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "日期的格式为 2026-06-30。"},
    )


class BoardForm(forms.Form):
    """看板筛选."""

    programme = _choice("方案")
    action = _choice("行动")
    unit = _choice("责任单位")
    state = _choice("状态", STATES)
    due = _choice("期限", DUE)
    due_from = _day("到期自")
    due_until = _day("到期至")

    def __init__(
        self, data: Any, *, programmes: Iterable[Programme], actions: Iterable[Action], units: Iterable[Unit]
    ) -> None:
        super().__init__(data)
        self._choose("programme", [(str(p.pk), str(p)) for p in programmes])
        if len(self.fields["programme"].choices) < 2:  # type: ignore[attr-defined]
            self.fields["programme"].widget = forms.HiddenInput()
        self._choose("action", [("", "全部行动"), *((str(a.pk), a.title) for a in actions)])
        own = [("", "全部单位"), ("mine", "我的单位")]
        self._choose("unit", [*own, *((str(u.pk), u.name) for u in units)])

    def _choose(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        field.error_messages["invalid_choice"] = f"没有这个{field.label}可选，请重新选择。"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("due_from"), cleaned.get("due_until")
        if first and last and first > last:
            self.add_error("due_until", "截止日期早于起始日期。")
        return cleaned

    @property
    def filters(self) -> Filters:
        """筛选条件 of a valid form."""
        asked = self.cleaned_data
        unit = asked["unit"]
        return Filters(
            state=asked["state"],
            action_id=int(asked["action"]) if asked["action"] else None,
            unit_ids=(int(unit),) if unit and unit != "mine" else (),
            mine=unit == "mine",
            due=asked["due"],
            due_from=asked["due_from"],
            due_until=asked["due_until"],
        )

    @property
    def words(self) -> list[str]:
        """筛选条件的说法, for prints and exports: "状态：进行中"."""
        said = []
        for name in ("action", "unit", "state", "due"):
            field, value = self.fields[name], self.cleaned_data.get(name)
            if value:
                said.append(f"{field.label}：{dict(field.choices)[value]}")  # type: ignore[attr-defined]
        days: dict[str, date | None] = {name: self.cleaned_data.get(name) for name in ("due_from", "due_until")}
        return said + [f"{self.fields[name].label}：{day:%Y-%m-%d}" for name, day in days.items() if day]


class SearchForm(forms.Form):
    """检索."""

    q = forms.CharField(
        label="检索词",
        required=False,
        strip=True,
        widget=forms.TextInput(attrs={"class": "form-control", "type": "search", "maxlength": "100"}),
    )
    kind = _choice("范围")

    def __init__(self, data: Any, *, kinds: dict[str, str]) -> None:
        super().__init__(data)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "全部"), *kinds.items()]


class YearForm(forms.Form):
    """年历."""

    year = forms.IntegerField(
        label="年份",
        required=False,
        min_value=2000,
        max_value=2100,
        widget=forms.NumberInput(attrs={"class": "form-control"}),
        error_messages={
            "invalid": "年份为四位数字。",
            "min_value": "年份在 2000 到 2100 之间。",
            "max_value": "年份在 2000 到 2100 之间。",
        },
    )
    unit = _choice("责任单位")

    def __init__(self, data: Any, *, units: Iterable[Unit]) -> None:
        super().__init__(data)
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "全部单位"), *((str(u.pk), u.name) for u in units)]
        field.error_messages["invalid_choice"] = "没有这个单位可选，请重新选择。"


class PeriodForm(forms.Form):
    """期限推算."""

    start = forms.DateField(
        label="起算日期",
        widget=forms.DateInput(attrs={"class": "form-control", "type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "日期的格式为 2026-06-30。", "required": "请填写起算日期。"},
    )
    time = forms.TimeField(
        label="起算时刻",
        required=False,
        help_text="按小时或分钟计算时填写",
        widget=forms.TimeInput(attrs={"class": "form-control", "type": "time"}, format="%H:%M"),
        error_messages={"invalid": "时刻的格式为 09:30。"},
    )
    amount = forms.IntegerField(
        label="期限",
        min_value=1,
        max_value=max(unit.most for unit in Period),
        widget=forms.NumberInput(attrs={"class": "form-control"}),
        error_messages={"invalid": "期限是一个整数。", "required": "请填写期限。"},
    )
    unit = forms.ChoiceField(
        label="计量单位",
        choices=[(unit.value, unit.label) for unit in Period],
        widget=forms.Select(attrs={"class": "form-select"}),
        error_messages={"invalid_choice": "没有这种计量单位。", "required": "请选择计量单位。"},
    )
