"""What the shell offers after TAB: commands, options, words, names from the ledger."""
