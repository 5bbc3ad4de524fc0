"""Shared by all nouns: finding records, voiding, standing, making up a period."""
