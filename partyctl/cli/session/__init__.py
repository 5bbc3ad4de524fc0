"""What one run has: its ledger, its branch, its failures and notices."""
