"""Reminders: their recipients, texts and channels. They do not judge duties."""
