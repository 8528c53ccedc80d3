"""Pure Python under everything: no Django, no clock, no I/O."""
