"""The ledger: dated facts in one SQLite file, written through SQLModel, read by plain SQL."""
