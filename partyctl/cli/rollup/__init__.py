"""`partyctl rollup`: make an extract of this ledger, and collect the extracts of many in a hub."""
