"""Read the ledger with plain SQL: facts for the rules (`partyctl.law`), and records for lists."""
