"""台账页面: the state of the ledger, and the proof of one event."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from xiaoneng.foundation.refusals import Refused
from xiaoneng.kernel.ledger import delivery, notes, policies, proofs, queries
from xiaoneng.kernel.ledger.bundle import SCRIPT
from xiaoneng.kernel.ledger.models import Event, Failure, Head, SigningKey, Verification
from xiaoneng.ui import api as ui

SHOWN_HEADS = 20


@require_safe
@login_required
def heads(request: HttpRequest) -> HttpResponse:
    """台账状态: newest heads, keys, the last verification, and facts that could not be delivered."""
    at = timezone.now()
    try:
        policies.may_see_heads(request.user, at).require()
    except Refused as refusal:
        return ui.refused(request, refusal)
    keys = [(key, notes.fingerprint(key.public)) for key in SigningKey.objects.order_by("-number")]
    context = {
        "state": queries.state(),
        "heads": Head.objects.order_by("-size").prefetch_related("cosignatures")[:SHOWN_HEADS],
        "keys": keys,
        "verification": Verification.objects.order_by("-id").first(),
        "failures": Failure.objects.filter(parked=True).order_by("id")[:100],
        "operates": policies.may_operate(request.user, at),
    }
    return render(request, "ledger/heads.html", context)


@require_safe
@login_required
def event(request: HttpRequest, number: int) -> HttpResponse:
    """证明页: what was recorded, and that it stands in the tree under a signed head."""
    try:
        found, with_content = _readable(request, number)
        proof = proofs.proof_of(found, with_content=with_content)
    except Refused as refusal:
        return ui.refused(request, refusal)
    entry = found.entry
    context: dict[str, Any] = {
        "event": found,
        "entry": entry,
        "actor": policies.display_name(entry.get("actor", "")),
        "acting_for": policies.display_name(entry["acting_for"]) if "acting_for" in entry else "",
        "payload": json.dumps(found.payload, ensure_ascii=False, indent=2, sort_keys=True) if with_content else "",
        "proof": proof,
    }
    if proof is not None:
        _, _, root, stamp = notes.parse(proof["head"]["note"])
        context |= {"root": root.hex(), "stamp": stamp, "holds": proofs.holds(proof, found, root)}
    return render(request, "ledger/event.html", context)


@require_safe
@login_required
def proof(request: HttpRequest, number: int) -> HttpResponse:
    """证明文件: the same as JSON, for `verify.py`."""
    try:
        found, with_content = _readable(request, number)
        content = proofs.proof_of(found, with_content=with_content)
        if content is None:
            raise Refused("这条记录还没有编入签名的树头。", remedy="请稍候几秒再试。")
    except Refused as refusal:
        return ui.refused(request, refusal)
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = f'attachment; filename="proof-{found.id}.json"'
    return response


@require_safe
@login_required
def script(_request: HttpRequest) -> FileResponse:
    """核验程序: the script that verifies bundles and proofs offline."""
    return FileResponse(SCRIPT.open("rb"), as_attachment=True, filename="verify.py", content_type="text/x-python")


@require_POST
@login_required
def retry(request: HttpRequest, number: int) -> HttpResponse:
    """重新投递 a parked fact."""
    try:
        policies.may_operate(request.user, timezone.now()).require()
        delivery.redeliver(number)
    except Refused as refusal:
        return ui.refused(request, refusal)
    except Exception as error:  # whatever the subscriber raised; nothing of the attempt was kept
        messages.error(request, f"仍未成功：{type(error).__name__}: {error}"[:300])
    else:
        messages.success(request, "已重新投递。")
    return redirect("ledger:heads")


def _readable(request: HttpRequest, number: int) -> tuple[Event, bool]:
    """The event and whether its content may be shown. Raises `Refused` where not even its metadata may."""
    found = get_object_or_404(Event.objects.select_related("leaf"), pk=number)
    with_content = bool(policies.may_see_payload(request.user, found))
    if not with_content:
        policies.may_see_metadata(request.user, timezone.now()).require()
    return found, with_content
