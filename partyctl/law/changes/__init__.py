"""Rules that a clerk changed from a day on."""
