"""The tables, one module per area; `partyctl.ledger.tables.all` imports every one of them."""
