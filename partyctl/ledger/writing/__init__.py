"""Write to the ledger: sessions, triggers that guard records, and the outbox of reminders."""
