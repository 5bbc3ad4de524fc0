"""Commands for the ledger as a file: init, backup, restore, migrate, encrypt, journal, undo, doctor."""
