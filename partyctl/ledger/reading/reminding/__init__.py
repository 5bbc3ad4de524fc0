"""Reading reminders: those sent, and the state of the schedule."""
