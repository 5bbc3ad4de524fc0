"""The clauses of the regulation, and the national texts."""
