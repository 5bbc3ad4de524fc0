"""The tables, one module per area; `partyctl.ledger.tables.all` imports all of them."""
