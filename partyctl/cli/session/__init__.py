"""The state of one run: its ledger, branch, failures and notices."""
