"""`partyctl rules`: the rules and their changes."""
