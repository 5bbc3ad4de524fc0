"""`partyctl rollup`: an extract of this ledger, and the hub where many are collected."""
