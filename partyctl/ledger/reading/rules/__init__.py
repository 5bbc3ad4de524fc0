"""Reading rule changes, waivers and holidays."""
