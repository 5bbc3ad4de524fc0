"""`partyctl calendar`: the coming weeks, the exported file, the holidays."""
