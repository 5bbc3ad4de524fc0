"""Plans for a year, and what is to be put right."""
