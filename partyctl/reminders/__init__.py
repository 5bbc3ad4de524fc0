"""Reminders: who receives them, what they say, and through which channels.

They do not decide which duties are open.
"""
