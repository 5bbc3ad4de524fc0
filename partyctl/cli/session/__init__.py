"""The state of a run: its ledger, branch, failures and notices."""
