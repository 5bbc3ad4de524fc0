"""Functions for all nouns: find and void records, read a member's standing, make up for a period."""
