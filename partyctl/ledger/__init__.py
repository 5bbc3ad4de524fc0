"""The ledger: dated facts in one SQLite file, written with SQLModel and read with plain SQL."""
