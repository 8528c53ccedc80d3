from __future__ import annotations

from hypothesis import settings

# A test must not fail because the machine is busy: no limit of time for a single example.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
