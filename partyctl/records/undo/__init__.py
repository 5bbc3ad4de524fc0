"""Undo a command, void a record, reveal or erase a private value, and check what depends on a record."""
