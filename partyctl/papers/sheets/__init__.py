"""Workbooks: write them, check that they are safe, and read them."""
