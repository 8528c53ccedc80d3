"""各种格式: one reader per file format, imported only when a file of that format is read."""
