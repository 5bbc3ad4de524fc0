"""Reading dues: entries, receipts and remittances."""
