"""命令: one small file each, imported only when called."""
