"""Reminders: `partyctl remind` and `partyctl schedule`."""
