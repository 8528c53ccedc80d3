"""工作台: reads across actions."""
