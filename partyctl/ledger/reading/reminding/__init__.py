"""What is read of reminders: those sent, and how far the schedule has come."""
