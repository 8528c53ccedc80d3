"""The shared real documents, read in place; every test that needs them skips with a reason where they are absent."""

from __future__ import annotations

from pathlib import Path

import pytest

PLANS = Path(__file__).resolve().parents[6] / "shared" / "data" / "plans"
needs_plans = pytest.mark.skipif(not PLANS.is_dir(), reason="真实文件不在 ../shared/data/plans，跳过")
