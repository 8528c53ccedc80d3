"""Import a plan and die by SIGKILL at a named point of its one transaction."""

import os
import signal
import sys
from pathlib import Path

from xiaoneng.commands import django_ready, import_plan

django_ready()

from xiaoneng.programme.services import starting  # noqa: E402


def die(*_arguments: object, **_named: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


point = sys.argv[1]
if point == "targets":
    starting.Opening.add_targets = die  # type: ignore[assignment]
else:
    setattr(starting, point, die)
import_plan.start(Path(sys.argv[2]))
