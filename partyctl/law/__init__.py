"""The law: compute obligations from rules, facts, people's roles and a day.

This package uses no database and no clock.
"""
