"""The yearly review of members: `partyctl review`."""
