"""Check a ledger's schema and the constraints of its tables, once for each state of the file."""
