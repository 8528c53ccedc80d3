"""方案的办理动词: each in one transaction with its ledger events."""
