"""机构与人员的办理动词: each in one transaction with its ledger event."""
