"""Print what stands, then start a plan and die by SIGKILL at a named point of its one transaction."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import django

django.setup()

from django.utils import timezone  # noqa: E402

from xiaoneng.foundation.actors import SYSTEM  # noqa: E402
from xiaoneng.programme.services import drafts, opening, starting  # noqa: E402
from xiaoneng.programme.tests.scripts.counts import counts  # noqa: E402


def die(*_arguments: object, **_named: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


print(counts(), flush=True)
point, path, now = sys.argv[1], Path(sys.argv[2]), timezone.now()
draft = drafts.receive(content=path.read_bytes(), filename=path.name, actor=SYSTEM, at=now)
place: object = opening.Opening if point == "add_targets" else starting
setattr(place, point, die)
starting.start(draft.pk, version=draft.version, assume=True, actor=SYSTEM, at=now)
