"""Stored answers: their table, the program's digest, and the noted state of the ledger's file."""
