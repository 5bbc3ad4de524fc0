"""Undo commands, void records, reveal and erase private values; the checks that each record must pass."""
