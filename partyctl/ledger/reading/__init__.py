"""Read the ledger with plain SQL: the facts, and a list for each noun."""
