"""The ledger's tables, one module per area; the module `all` imports all of them."""
