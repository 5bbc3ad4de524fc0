"""Read rule changes, waivers and holidays."""
