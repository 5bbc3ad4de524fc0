"""`partyctl rollup`: make an extract of this ledger, and collect the extracts of many ledgers in a hub."""
