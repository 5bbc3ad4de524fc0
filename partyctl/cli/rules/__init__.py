"""`partyctl rules`: the rules, and changes to them."""
