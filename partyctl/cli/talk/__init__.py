"""Heart-to-heart talks: `partyctl talk`."""
