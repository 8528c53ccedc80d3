"""期限推算: a deadline with its working."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from xiaoneng.desk.forms import PeriodForm
from xiaoneng.foundation import worktime as arithmetic
from xiaoneng.foundation.refusals import Unreadable
from xiaoneng.kernel.organisation import api as organisation
from xiaoneng.kernel.worktime import api as worktime


@organisation.signed_in
@require_safe
def deadline(request: HttpRequest) -> HttpResponse:
    """期限 of what the address asks for, day by day, with the basis of each."""
    asked = "amount" in request.GET
    form = PeriodForm(
        request.GET if asked else None, initial={"start": timezone.localdate(), "amount": 5, "unit": "wd"}
    )
    context: dict[str, Any] = {"form": form}
    if asked and form.is_valid():
        try:
            context["deadline"] = _computed(form.cleaned_data)
        except Unreadable as refusal:
            context["refusal"] = refusal
    wrong = asked and "deadline" not in context
    return render(request, "desk/deadline.html", context, status=422 if wrong else 200)


def _computed(given: dict[str, Any]) -> arithmetic.Deadline:
    unit = next(unit for unit in arithmetic.Unit if unit == given["unit"])
    start: date = given["start"]
    if given["time"] is not None and unit.timed:
        start = datetime.combine(start, given["time"])
    return arithmetic.deadline(worktime.calendar(), start, given["amount"], unit)
