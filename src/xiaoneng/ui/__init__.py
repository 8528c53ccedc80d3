"""界面: base templates, components, styles; no domain word."""
