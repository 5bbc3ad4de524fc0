"""Applicants and their steps."""
