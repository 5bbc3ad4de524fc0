"""Branches, cells, and those staff of the bureau who are not Party members."""
