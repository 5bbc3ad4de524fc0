"""Opinions on openness: `partyctl opinion`."""
