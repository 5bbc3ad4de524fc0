"""Reminders: who receives them, what they say, and through which channels.

These modules do not decide which duties are open.
"""
