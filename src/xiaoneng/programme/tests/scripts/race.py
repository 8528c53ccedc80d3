"""Make a draft, wait for the starting signal, start or revise by it; print what came of it, and what stands."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import django

django.setup()

from django.utils import timezone  # noqa: E402

from xiaoneng.foundation.actors import SYSTEM  # noqa: E402
from xiaoneng.foundation.refusals import Refused  # noqa: E402
from xiaoneng.programme import api as programme  # noqa: E402
from xiaoneng.programme.tests.scripts.counts import counts  # noqa: E402

verb, path, signal = {"start": programme.start, "revise": programme.revise}[sys.argv[1]], Path(sys.argv[2]), sys.argv[3]
draft = programme.receive(content=path.read_bytes(), filename=path.name, actor=SYSTEM, at=timezone.now())
print("ready", flush=True)
while not Path(signal).exists():
    time.sleep(0.001)
try:
    verb(draft.pk, version=1, assume=True, actor=SYSTEM, at=timezone.now())
    print("done")
except Refused as refusal:
    print(type(refusal).__name__)
print(counts())
