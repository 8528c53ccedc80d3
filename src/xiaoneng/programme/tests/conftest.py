from __future__ import annotations

from xiaoneng.kernel.organisation.testing import office
from xiaoneng.programme.testing import programme

__all__ = ["office", "programme"]
