"""Comparing a ledger with its sealed schema and its tables, once for each state of the file."""
