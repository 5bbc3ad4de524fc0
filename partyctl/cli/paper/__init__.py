"""`partyctl paper`: papers for people, written from what is on record."""
