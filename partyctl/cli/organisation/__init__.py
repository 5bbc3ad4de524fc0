"""Branches, cells and staff who are not members."""
