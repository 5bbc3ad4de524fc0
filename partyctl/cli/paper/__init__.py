"""`partyctl paper`: write papers from the records."""
