"""内核: the machinery every mechanism stands on; knows no action."""
