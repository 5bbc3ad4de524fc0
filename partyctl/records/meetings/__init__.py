"""Meetings: plans, agenda, attendance, minutes."""
