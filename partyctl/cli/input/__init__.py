"""Parsing input: options and dates."""
