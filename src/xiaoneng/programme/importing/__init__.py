"""导入 (pure): what can be said of a reading before the database is asked."""
