"""检索之门."""

from __future__ import annotations

from xiaoneng.kernel.search.queries import Hit, Page, search
from xiaoneng.kernel.search.registry import kinds, register
from xiaoneng.kernel.search.services import Item, index, index_many, remove

__all__ = ["Hit", "Item", "Page", "index", "index_many", "kinds", "register", "remove", "search"]
