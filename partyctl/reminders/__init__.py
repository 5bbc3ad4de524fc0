"""Reminders: who is told what, in which words, over which channel. Nothing here judges duties."""
