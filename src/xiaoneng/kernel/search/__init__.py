"""检索: a narrow port with two sides."""
