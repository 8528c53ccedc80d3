"""效能 Xiaoneng: reads a government work plan and runs it."""

__version__ = "0.1.0"
