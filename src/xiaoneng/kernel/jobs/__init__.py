"""后台作业: a narrow port with two sides."""
