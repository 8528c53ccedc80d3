"""Make a draft of a plan and print its number."""

import sys
from pathlib import Path

from xiaoneng.commands import django_ready

django_ready()

from django.utils import timezone  # noqa: E402

from xiaoneng.foundation.actors import SYSTEM  # noqa: E402
from xiaoneng.programme import api as programme  # noqa: E402

path = Path(sys.argv[1])
print(programme.receive(content=path.read_bytes(), filename=path.name, actor=SYSTEM, at=timezone.now()).pk)
