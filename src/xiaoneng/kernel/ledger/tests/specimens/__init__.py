"""A test-only application: a small ledgered table, its facts, and a `flush` that may empty the ledger."""
