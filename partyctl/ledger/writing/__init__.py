"""Writing: one session, one transaction; the guards in the file; the outbox."""
