"""Meetings: `partyctl meeting`."""
