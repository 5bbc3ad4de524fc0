"""Rules changed by a clerk from a day on."""
