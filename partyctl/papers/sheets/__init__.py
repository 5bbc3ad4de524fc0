"""Workbooks: check that they are safe, then read them."""
