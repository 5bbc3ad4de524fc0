"""The clauses of the bureau's regulation, and the national texts."""
