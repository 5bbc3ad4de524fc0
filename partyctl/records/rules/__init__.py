"""Record rule changes, waivers and holidays."""
