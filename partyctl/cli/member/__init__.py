"""The roll: `partyctl member`."""
