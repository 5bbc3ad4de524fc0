"""The law: compute the obligations on a given day from the rules, the facts and people's roles.

This package uses no database and no clock.
"""
