"""Completion after TAB: commands, options, words, and names from the ledger."""
