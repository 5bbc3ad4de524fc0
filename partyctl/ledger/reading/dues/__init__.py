"""Read dues: entries, receipts and remittances."""
