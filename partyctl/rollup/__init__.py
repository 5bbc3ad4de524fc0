"""A superior's view of many ledgers.

A hub collects extracts (the results of branches) and answers questions about them.
"""
