"""Undo, reveal and redact; the checks each record must pass."""
