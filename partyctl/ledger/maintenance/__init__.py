"""Back up, restore, migrate and convert a ledger."""
