"""Backups, restoring, migrating and converting a ledger."""
