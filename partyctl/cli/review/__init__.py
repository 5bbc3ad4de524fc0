"""The yearly review of the members: `partyctl review`."""
