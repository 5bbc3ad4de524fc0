"""Compare a ledger with its sealed schema and its tables' constraints, once for each state of the file."""
