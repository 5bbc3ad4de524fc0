"""Changed rules, waivers, holidays."""
