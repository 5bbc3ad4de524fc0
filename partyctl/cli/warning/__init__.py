"""Integrity-risk cases: `partyctl warning`."""
