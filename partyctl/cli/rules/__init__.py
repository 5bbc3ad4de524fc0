"""The rules and their changes: `partyctl rules`."""
