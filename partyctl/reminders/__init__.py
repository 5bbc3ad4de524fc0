"""Reminders: who is told what, in which words, over which channel. They do not judge duties."""
