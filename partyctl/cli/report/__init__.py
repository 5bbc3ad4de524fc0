"""`partyctl report`: pages of a month or year, a yearbook, and folders to hand over."""
