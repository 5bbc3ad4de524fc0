"""Commands for the ledger as a whole, such as init, backup, journal, encrypt and doctor."""
