"""Disclosures and opinions."""
