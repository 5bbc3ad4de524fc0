"""Shared by all nouns: finding and voiding records, standing under admission, making up a period."""
