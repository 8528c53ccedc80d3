"""Wait for the starting signal, then start or revise by one draft; print what came of it."""

import sys
import time
from pathlib import Path

from xiaoneng.commands import django_ready

django_ready()

from django.utils import timezone  # noqa: E402

from xiaoneng.foundation.actors import SYSTEM  # noqa: E402
from xiaoneng.foundation.refusals import Refused  # noqa: E402
from xiaoneng.programme import api as programme  # noqa: E402

verb, number, signal = {"start": programme.start, "revise": programme.revise}[sys.argv[1]], sys.argv[2], sys.argv[3]
print("ready", flush=True)
while not Path(signal).exists():
    time.sleep(0.001)
try:
    verb(int(number), version=1, assume=True, actor=SYSTEM, at=timezone.now())
    print("done")
except Refused as refusal:
    print(type(refusal).__name__, refusal)
