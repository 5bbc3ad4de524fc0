"""`partyctl paper`: papers written from the records."""
