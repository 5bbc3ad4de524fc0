"""Openness: `partyctl disclosure`."""
