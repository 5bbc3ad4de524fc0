"""The ledger as a file: init, backup, restore, migrate, encrypt, journal, undo, doctor."""
