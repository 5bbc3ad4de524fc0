"""Record meetings, with agenda, attendance and minutes."""
