"""Reminders: who receives them, what they say, and through which channels.

Other modules decide which duties are open.
"""
