"""Sheets in and out: the import of any noun, and its entry sheet."""
