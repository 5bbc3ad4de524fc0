"""Read the ledger with plain SQL: facts for the law, and records for the list of each noun."""
