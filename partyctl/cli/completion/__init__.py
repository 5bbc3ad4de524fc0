"""The completions after TAB: commands, options, words, names from the ledger."""
