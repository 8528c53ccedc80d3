"""The made-up office and its running programme."""

from __future__ import annotations

from xiaoneng.kernel.organisation.testing import *  # noqa: F403
from xiaoneng.programme.testing import *  # noqa: F403
