"""Stored answers of commands, and the checks that a stored answer is still valid."""
