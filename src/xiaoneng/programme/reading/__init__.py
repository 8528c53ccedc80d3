"""读方案 (pure Python): blocks of a document become a plan."""

from xiaoneng.programme.reading.plan import Cadence, Finding, Item, Measure, Member, Plan, Section, Target, Task
from xiaoneng.programme.reading.reader import read_plan

__all__ = ["Cadence", "Finding", "Item", "Measure", "Member", "Plan", "Section", "Target", "Task", "read_plan"]
