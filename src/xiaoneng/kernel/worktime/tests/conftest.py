from __future__ import annotations

from xiaoneng.kernel.organisation.testing import *  # noqa: F403
