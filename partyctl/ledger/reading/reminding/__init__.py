"""Read which reminders were sent, and whether the schedule still runs."""
